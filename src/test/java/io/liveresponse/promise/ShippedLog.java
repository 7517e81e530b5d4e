package io.liveresponse.promise;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;

/** This process's log by the configuration that is shipped, as it stands, but for the level: TRACE. Until closed it goes to a file. */
final class ShippedLog implements AutoCloseable {

    private static final String LEVEL = "live-response.log-level";

    private final PrintStream console = System.out;
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final URI before = context.getConfigLocation();
    private final Path file;
    private final PrintStream out;

    ShippedLog(Path file) throws IOException {
        this.file = file;
        this.out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setProperty(LEVEL, "TRACE");
        context.setConfigLocation(Path.of("config", "log4j2.xml").toUri());
    }

    /** Each line so far, to be closed. */
    Stream<String> lines() throws IOException {
        out.flush();
        return Files.lines(file, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        System.setOut(console);
        System.clearProperty(LEVEL);
        context.setConfigLocation(before);
        out.close();
    }
}
