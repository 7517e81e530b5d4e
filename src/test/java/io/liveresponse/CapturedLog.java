package io.liveresponse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What one logger and those below it log from a level on, each line with its level in front. */
public final class CapturedLog extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = LoggerContext.getContext(false);
    private final LoggerConfig config;

    /** @param logger empty for the root */
    public CapturedLog(String logger, Level level) {
        super("captured-log", null, null, true, Property.EMPTY_ARRAY);
        start();
        if (logger.isEmpty()) {
            config = context.getConfiguration().getRootLogger();
        } else {
            config = new LoggerConfig(logger, level, true);
            context.getConfiguration().addLogger(logger, config);
        }
        config.addAppender(this, level, null);
        context.updateLoggers();
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        config.removeAppender(getName());
        if (!config.getName().isEmpty()) {
            context.getConfiguration().removeLogger(config.getName());
        }
        context.updateLoggers();
        stop();
    }
}
