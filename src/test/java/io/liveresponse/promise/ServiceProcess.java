package io.liveresponse.promise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One run of the service in a JVM of its own, as an operator starts it. */
final class ServiceProcess implements AutoCloseable {

    /** Longer than a lease: what a killed node held is another's only after that. */
    static final Duration PATIENCE = Duration.ofSeconds(150);

    /** It is to say itself why it ends, as in a JVM that nobody has told to. */
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:-ExitOnOutOfMemoryError");

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param home holds settings and log, which each run writes anew; the data directory too unless the settings say otherwise
     * @param more further options of the command
     */
    static ServiceProcess start(Path home, Path routes, Map<String, String> settings, String... more) {
        try {
            Files.createDirectories(home);
            Path log = home.resolve("service.log");
            List<String> arguments = new ArrayList<>(
                    List.of("run", "--config", write(home, settings).toString(), "--routes", routes.toString()));
            arguments.addAll(List.of(more));
            return new ServiceProcess(ServiceCommand.start(log, Map.of(), OPTIONS, arguments), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path home, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("live-response.data-directory", home.resolve("data").toString());
        properties.putAll(new TreeMap<>(settings));
        Path file = home.resolve("application.properties");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        return file;
    }

    void awaitStarted() {
        awaitLog("(live-response) started in");
    }

    void awaitLog(String text) {
        Awaitility.await(text + " in " + log).dontCatchUncaughtExceptions().atMost(PATIENCE).pollInterval(Duration.ofMillis(20))
                .failFast("the service ended", () -> !process.isAlive())
                .until(() -> log().contains(text));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(PATIENCE);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP: nothing of it runs, as on a machine that is suspended. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + kill.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return the exit code */
    int awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience + ":\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of its log that tell of something wrong. */
    String warnings() {
        List<String> lines = log().lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")).toList();
        return "\n" + log + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        kill();
    }
}
