package io.liveresponse.cli;

import io.liveresponse.model.SafeText;
import io.liveresponse.settings.ProcessRedactor;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/** How commands show what came from outside: in one line, with nothing in it that a terminal would obey. */
final class TerminalText {

    private static final int LONGEST_LINE = 2_000;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    /** Where picocli looks too, so that both mean the same terminal. */
    private static final Charset TERMINAL = Charset.forName(
            System.getProperty("sun.stdout.encoding", Charset.defaultCharset().name()));

    private TerminalText() {
    }

    /** @param value null is shown as a dash */
    static String text(Object value) {
        return value == null ? "-" : line(value.toString());
    }

    static String line(String text) {
        String redacted = ProcessRedactor.get().redact(Objects.requireNonNull(text));
        return SafeText.of(SafeText.of(redacted).line(LONGEST_LINE)).terminal(TERMINAL);
    }

    /** In UTC, to the minute. */
    static String minute(Instant time) {
        return time == null ? "-" : MINUTE.format(time);
    }

    /** In UTC, to the second. */
    static String second(Instant time) {
        return time == null ? "-" : SECOND.format(time);
    }
}
