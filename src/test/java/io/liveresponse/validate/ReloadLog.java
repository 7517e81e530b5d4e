package io.liveresponse.validate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What is said about edits, each line with its level in front. */
final class ReloadLog extends AbstractAppender implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = LoggerContext.getContext(false);
    private final String name = LiveReload.class.getPackageName();

    ReloadLog() {
        super("reload-log", null, null, true, Property.EMPTY_ARRAY);
        start();
        LoggerConfig config = new LoggerConfig(name, Level.INFO, true);
        config.addAppender(this, Level.INFO, null);
        context.getConfiguration().addLogger(name, config);
        context.updateLoggers();
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(name);
        context.updateLoggers();
        stop();
    }
}
