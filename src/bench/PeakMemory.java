import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much memory the service needs at its peak for a small and for a huge result, side by side. Run from the project's root after
 * {@code mvn package}; see README.md beside this file.
 */
public final class PeakMemory {

    private static final String RUNTIME = "target/live-response-routes/live-response-routes.jar";
    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final long MB = 1L << 20;
    private static final long GIVE_UP_SECONDS = 900;
    /** A collection: what was in use before it and after it. */
    private static final Pattern PAUSE = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private PeakMemory() {
    }

    private record Peak(long heapMb, long liveMb, String residentMb) {
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("GetFile result to the file sink, java -Xmx64m");
        System.out.printf("%10s %16s %20s %16s%n", "result", "peak heap", "live after a GC", "peak resident");
        for (long megabytes : new long[] {1, 4_096}) {
            Peak peak = measure(megabytes * MB);
            System.out.printf("%7d MB %13d MB %17d MB %13s MB%n", megabytes, peak.heapMb(), peak.liveMb(), peak.residentMb());
        }
    }

    private static Peak measure(long bytes) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "peak-memory");
        try (Simulator simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario(bytes)).withPlainHttp())) {
            Files.createDirectories(directory.resolve("data/inbox"));
            Files.writeString(directory.resolve("data/inbox/request.json"),
                    "{\"tenant\": \"contoso\", \"machineActionId\": \"" + ACTION + "\", \"commandIndex\": 0}");
            Path collections = directory.resolve("gc.log");
            Process service = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                    "-XX:+UseSerialGC", "-Xlog:gc:file=" + collections, "-jar", RUNTIME, "run", "--config", settings(directory, simulator))
                    .redirectErrorStream(true).redirectOutput(directory.resolve("service.log").toFile()).start();
            try {
                await(service, directory.resolve("data/results/contoso").resolve(ACTION).resolve("0.result.json"));
                String resident = resident(service.pid());
                service.destroy();
                service.waitFor(30, TimeUnit.SECONDS);
                return peak(Files.readString(collections), resident);
            } finally {
                service.destroyForcibly();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Scenario scenario(long bytes) {
        SimulatorTenant tenant = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
                "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "benchmark~secret");
        return Scenario.of(List.of(tenant), ScenarioAction.of("contoso", ACTION,
                ScenarioCommand.getFile("C:\\memory.csv", ScenarioBlob.generated(bytes).named("memory.csv"))));
    }

    private static String settings(Path directory, Simulator simulator) throws IOException {
        Properties properties = new Properties();
        properties.putAll(simulator.settings());
        properties.put("live-response.data-directory", directory.resolve("data").toString());
        Path file = directory.resolve("application.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file.toString();
    }

    private static void await(Process service, Path result) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
        while (!Files.exists(result)) {
            if (service.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IllegalStateException("the service did not deliver; run it by hand to see why");
            }
        }
    }

    /** Linux says it; elsewhere there is no figure. */
    private static String resident(long pid) {
        try {
            Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return found.find() ? Long.toString(Long.parseLong(found.group(1)) / 1_024) : "?";
        } catch (IOException e) {
            return "?";
        }
    }

    private static Peak peak(String collections, String resident) {
        long heap = 0;
        long live = 0;
        Matcher pause = PAUSE.matcher(collections);
        while (pause.find()) {
            heap = Math.max(heap, Long.parseLong(pause.group(1)));
            live = Math.max(live, Long.parseLong(pause.group(2)));
        }
        return new Peak(heap, live, resident);
    }
}
