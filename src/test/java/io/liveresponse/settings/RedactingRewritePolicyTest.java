package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_OUT)
class RedactingRewritePolicyTest {

    private static final String LINK = "https://core.windows.net/a?se=2021-02-04&sig=1dYGe9rPvUlXBPvYSmr6";

    /** What the shipped configuration prints, found the way the product finds it: by the plugin's name. */
    private static String printed(Throwable thrown, String message, Object... parameters) {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (LoggerContext log = new LoggerContext("shipped", null, Path.of("config", "log4j2.xml").toUri())) {
            log.start();
            if (thrown == null) {
                log.getLogger("org.apache.camel.Some").warn(message, parameters);
            } else {
                log.getLogger("org.apache.camel.Some").warn(message, thrown);
            }
        } finally {
            System.setOut(console);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theShippedConfigurationPrintsNoQueryOfALink() {
        assertThat(printed(null, "following {} now", LINK)).doesNotContain("sig=", "1dYGe9rP", "2021-02-04")
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z WARN  o\\.a\\.c\\.Some - following https://core\\.windows\\.net/a\\?\\*\\*\\* now\\R");
    }

    @Test
    void exceptionsArePrintedWithTheirCausesAndSuppressedOnesButWithoutSecrets() {
        IOException top = new IOException("top " + LINK, new IllegalStateException("middle Bearer abcdefgh",
                new HttpOperationFailedException(LINK, 302, "Found", LINK, Map.of(), "")));
        top.addSuppressed(new IllegalArgumentException("aside client_secret=abcdefgh"));
        top.addSuppressed(new IllegalArgumentException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String toString() {
                return "odd " + LINK;
            }
        });

        assertThat(printed(top, "failed")).doesNotContain("1dYGe9rP", "abcdefgh", "2021-02-04")
                .contains("failed", "java.io.IOException: top https://core.windows.net/a?***",
                        "Caused by: java.lang.IllegalStateException: middle Bearer ***",
                        "HttpOperationFailedException", "Suppressed: java.lang.IllegalArgumentException: aside client_secret=***",
                        "odd https://core.windows.net/a?***", "RedactingRewritePolicyTest.java");
    }

    @Test
    void aCycleOfCausesEnds() {
        IOException one = new IOException("one " + LINK);
        one.initCause(new IOException("two", one));

        assertThat(printed(one, "failed")).contains("one https://core.windows.net/a?***", "two").doesNotContain("1dYGe9rP");
    }

    @Test
    void aMessageCannotForgeALineOrCommandATerminal() {
        assertThat(printed(null, "name {}", "a\n2026-01-01T00:00:00.000Z INFO  x - forged\u001b[2J\r\u202eb").lines())
                .filteredOn(line -> !line.startsWith("    ")).hasSize(1)
                .allSatisfy(line -> assertThat(line).endsWith(" - name a"));
        assertThat(printed(null, "name {}", "\u001b[2J\u202e")).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void aValueThatTheProcessKnowsIsNotPrinted() {
        ProcessRedactor.get().hide("known-to-the-process");
        try {
            assertThat(printed(null, "it is {}", "known-to-the-process")).contains("it is ***");
        } finally {
            ProcessRedactor.get().unhide("known-to-the-process");
        }
    }

    @Test
    void theContextAndTheThreadsNameAreRedactedForLayoutsThatPrintThem() {
        StringMap context = ContextDataFactory.createContextData();
        context.putValue("camel.link", LINK);
        LogEvent event = Log4jLogEvent.newBuilder().setLoggerName("a").setLevel(Level.INFO).setMessage(new SimpleMessage("x"))
                .setContextData(context).setThreadName("thread #1 - " + LINK).build();

        LogEvent clean = new RedactingRewritePolicy(new Redactor()).rewrite(event);

        assertThat(clean.getContextData().<String>getValue("camel.link")).isEqualTo("https://core.windows.net/a?***");
        assertThat(clean.getThreadName()).isEqualTo("thread #1 - https://core.windows.net/a?***");
        assertThat(clean.getLevel()).isEqualTo(Level.INFO);
        assertThat(clean.getLoggerName()).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Found property: a.b -> s3", "Property a.b with value: s3", "Using default value: s3", "Resolved a.b -> s3\nand s3"})
    void whatCamelSaysOfASettingAsItLooksItUpHasNoValue(String said) {
        LogEvent event = Log4jLogEvent.newBuilder().setLoggerName("org.apache.camel.component.properties.DefaultPropertiesLookup")
                .setLevel(Level.TRACE).setMessage(new SimpleMessage(said)).build();

        String clean = new RedactingRewritePolicy(new Redactor()).rewrite(event).getMessage().getFormattedMessage();

        assertThat(clean).doesNotContain("s3").endsWith("***").startsWith(said.substring(0, 5));
    }

    @Test
    void whereALineWasLoggedIsKeptForLayoutsThatPrintIt() {
        LogEvent event = Log4jLogEvent.newBuilder().setLoggerName("a").setLoggerFqcn("b").setLevel(Level.WARN)
                .setMessage(new SimpleMessage("x"))
                .setIncludeLocation(true).setThreadId(7).setThreadPriority(3).setTimeMillis(1_000).setNanoTime(5).build();

        LogEvent clean = new RedactingRewritePolicy(new Redactor()).rewrite(event);

        assertThat(clean.isIncludeLocation()).isTrue();
        assertThat(clean.getLoggerFqcn()).isEqualTo("b");
        assertThat(clean.getThreadId()).isEqualTo(7);
        assertThat(clean.getThreadPriority()).isEqualTo(3);
        assertThat(clean.getTimeMillis()).isEqualTo(1_000);
        assertThat(clean.getNanoTime()).isEqualTo(5);
    }

    @Test
    void bytesOnTheWireAreLeftOutAsAWhole() {
        LogEvent event = Log4jLogEvent.newBuilder().setLoggerName("org.apache.hc.client5.http.wire").setLevel(Level.DEBUG)
                .setMessage(new SimpleMessage("http-outgoing-0 << \"vUlXBPvYSmr6 half a signature\"")).build();

        assertThat(new RedactingRewritePolicy(new Redactor()).rewrite(event).getMessage().getFormattedMessage())
                .doesNotContain("vUlXBPvYSmr6");
    }
}
