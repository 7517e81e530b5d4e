import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service in a process of its own. */
final class Node implements AutoCloseable {

    private static final Path RUNTIME = Path.of("target/live-response-routes").toAbsolutePath();
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final long GIVE_UP_SECONDS = 900;

    private final Path home;
    private final Process process;
    private final Duration ready;
    private final Duration readyCpu;

    private Node(Path home, List<String> command) throws Exception {
        this.home = home;
        Path log = home.resolve("service.log");
        long start = System.nanoTime();
        this.process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await(() -> Files.readString(log).contains("Tenants:"), "the line Tenants");
        this.ready = Duration.ofNanos(System.nanoTime() - start);
        this.readyCpu = cpu();
    }

    /** By {@code bin/live-response}, with its options and its class data archive. */
    static Node start(Path home, Map<String, String> settings) throws Exception {
        return new Node(home, List.of(RUNTIME.resolve("bin/live-response").toString(), "run", "--config", write(home, settings).toString()));
    }

    /** By {@code java -jar}, without options and archive. */
    static Node startPlain(Path home, Map<String, String> settings) throws Exception {
        return new Node(home, List.of(java(), "-jar", RUNTIME.resolve("live-response-routes.jar").toString(), "run", "--config",
                write(home, settings).toString()));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** How long a command takes that ends by itself. */
    static Duration run(Path home, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(RUNTIME.resolve("bin/live-response").toString()));
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(home.resolve("command.log").toFile()).start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed, see " + home.resolve("command.log"));
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static Path write(Path home, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.put("live-response.data-directory", home.resolve("data").toString());
        properties.putAll(settings);
        Path file = Files.createDirectories(home).resolve("application.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    /** Process start to the line that says what runs. */
    Duration ready() {
        return ready;
    }

    /** The CPU time until then. */
    Duration readyCpu() {
        return readyCpu;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long pid() {
        return process.pid();
    }

    /** In MB; 0 if the system does not tell. */
    long residentMb() throws IOException {
        return status(RESIDENT) / 1_024;
    }

    long threads() throws IOException {
        return status(THREADS);
    }

    private long status(Pattern wanted) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        Matcher found = wanted.matcher(Files.readString(status));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    /** What is in use after a full collection. */
    double liveHeapMb() throws Exception {
        Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()),
                "GC.class_histogram").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        String[] total = histogram.substring(histogram.lastIndexOf("Total")).strip().split("\\s+");
        return Long.parseLong(total[2]) / 1048576.0;
    }

    /** Puts a file of requests into the inbox. */
    void request(String name, List<String> lines) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("data/inbox"));
        Path part = Files.write(home.resolve(name + ".jsonl"), lines);
        Files.move(part, inbox.resolve(name + ".jsonl"), StandardCopyOption.ATOMIC_MOVE);
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    void await(Condition condition, String what) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (!condition.holds()) {
            if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(what + " was not seen, the service ended or took too long:\n"
                        + Files.readString(home.resolve("service.log")));
            }
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
