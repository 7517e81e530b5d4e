package io.liveresponse.settings;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.rewrite.RewritePolicy;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.apache.logging.log4j.util.StringMap;

/**
 * The Log4j plugin {@code <RedactingRewritePolicy/>}: within a {@code Rewrite} appender it lets nothing through that the
 * {@link ProcessRedactor} takes for a secret, whatever layout and logger. Stateless and thread-safe.
 *
 * <p>An exception becomes text here, with its causes and suppressed ones, since only what will be printed can be searched: many hide
 * a URL in a {@code toString} of their own. What HttpClient logs of the bytes on the wire is left out as a whole, since its pieces
 * end anywhere, also within a secret.
 */
@Plugin(name = "RedactingRewritePolicy", category = Core.CATEGORY_NAME, elementType = "rewritePolicy", printObject = true)
public final class RedactingRewritePolicy implements RewritePolicy {

    private static final String WIRE_LOGGER = "http.wire";
    private static final String WIRE_MESSAGE = "(bytes on the wire are not logged: they may hold secrets)";

    private static final String PROPERTIES_LOGGER = "org.apache.camel.component.properties.";

    /** What Camel logs about a setting when it looks it up, before anything knows that it is a secret; the value comes last. */
    private static final Pattern LOOKED_UP = Pattern.compile("(?s)( -> | with value: | default value: ).*");

    private final Redactor redactor;

    RedactingRewritePolicy(Redactor redactor) {
        this.redactor = redactor;
    }

    @PluginFactory
    public static RedactingRewritePolicy create() {
        return new RedactingRewritePolicy(ProcessRedactor.get());
    }

    @Override
    public LogEvent rewrite(LogEvent event) {
        // not Builder(event), which walks the stack for a line number that no layout may want
        return new Log4jLogEvent.Builder()
                .setLoggerName(event.getLoggerName()).setLoggerFqcn(event.getLoggerFqcn()).setMarker(event.getMarker())
                .setLevel(event.getLevel()).setInstant(event.getInstant()).setNanoTime(event.getNanoTime())
                .setThreadId(event.getThreadId()).setThreadPriority(event.getThreadPriority())
                .setContextStack(event.getContextStack()).setIncludeLocation(event.isIncludeLocation()).setEndOfBatch(event.isEndOfBatch())
                .setMessage(new SimpleMessage(text(event)))
                .setContextData(contextData(event))
                .setThreadName(redactor.redact(event.getThreadName()))
                .build();
    }

    private String text(LogEvent event) {
        if (event.getLoggerName() != null && event.getLoggerName().endsWith(WIRE_LOGGER)) {
            return WIRE_MESSAGE;
        }
        String said = event.getMessage() == null ? "" : event.getMessage().getFormattedMessage();
        boolean settings = event.getLoggerName() != null && event.getLoggerName().startsWith(PROPERTIES_LOGGER);
        String message = redactor.redact(settings ? LOOKED_UP.matcher(said).replaceFirst("$1" + Redactor.MASK) : said);
        Throwable thrown = event.getThrown() == null && event.getMessage() != null ? event.getMessage().getThrowable() : event.getThrown();
        return thrown == null ? message : message + System.lineSeparator() + redactor.redact(rendered(thrown));
    }

    private static String rendered(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }

    private StringMap contextData(LogEvent event) {
        StringMap clean = new SortedArrayStringMap();
        event.getContextData().forEach((key, value) -> clean.putValue(key, redactor.redact(String.valueOf(value))));
        return clean;
    }
}
