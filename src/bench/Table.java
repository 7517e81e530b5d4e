import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What was measured, a value for each round, and what it is beside something else in the same round. */
final class Table {

    /** A ratio: the first line's rate, or its time or memory if {@code less} is better, beside the second's. */
    private record Ratio(String name, String of, String to, String goal) {
    }

    private static final List<Ratio> RATIOS = List.of(
            new Ratio("chain-1-to-bare", "chain 1 thread", "bare 1 thread", "0.8"),
            new Ratio("chain-8-to-bare", "chain 8 threads", "bare 8 threads", "0.9"),
            new Ratio("standalone-to-bare", "standalone SQLite 1 tenant", "bare 8 threads", "0.35"),
            new Ratio("postgresql-to-sqlite", "standalone PostgreSQL 1 tenant", "standalone SQLite 1 tenant", "-"),
            new Ratio("tenants-100-to-1", "standalone SQLite 100 tenants", "standalone SQLite 1 tenant", "0.83"),
            new Ratio("tenants-1000-to-1", "standalone SQLite 1000 tenants", "standalone SQLite 1 tenant", "0.83"),
            new Ratio("two-nodes-to-one", "PostgreSQL, answers after 50 ms, two nodes", "PostgreSQL, answers after 50 ms, one node", "1.7"),
            new Ratio("speed-of-start-with-archive", "CPU until ready, java -jar, without",
                    "CPU until ready, bin/live-response, with the archive", "-"),
            new Ratio("memory-saved-by-launcher", "idle, java -jar, without", "idle, bin/live-response, with the archive", "-"));
    /** A ratio may be this part of the one that is expected. */
    private static final double LEAST = 0.75;

    private final Map<String, List<Double>> rates = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private final Map<String, List<Double>> memory = new LinkedHashMap<>();

    void add(String name, int count, long nanos, long cpuNanos) {
        put(rates, name, count * 1e9 / nanos);
        put(cpu, name, cpuNanos / 1e6 / count);
        System.out.printf(Locale.ROOT, "  %-45s %7.0f/s%n", name, count * 1e9 / nanos);
    }

    void time(String name, Duration took) {
        put(times, name, took.toMillis() / 1e3);
    }

    void memory(String name, long mb) {
        put(memory, name, mb);
    }

    private static void put(Map<String, List<Double>> values, String name, double value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    void print() {
        System.out.printf("%n%-45s %10s %17s %14s%n", "results a second", "median", "least..most", "CPU ms each");
        rates.forEach((name, values) -> System.out.printf(Locale.ROOT, "%-45s %8.0f/s %17s %14.2f%n", name, median(values), range(values, "%.0f"),
                median(cpu.get(name))));
        System.out.printf("%n%-62s %8s %17s%n", "", "median", "least..most");
        times.forEach((name, values) -> System.out.printf(Locale.ROOT, "%-62s %6.2f s %17s%n", name, median(values), range(values, "%.2f")));
        memory.forEach((name, values) -> System.out.printf(Locale.ROOT, "%-62s %5.0f MB %17s%n", name, median(values), range(values, "%.0f")));
        System.out.printf("%n%-45s %10s %17s %6s%n", "ratio, pair by pair", "median", "least..most", "goal");
        for (Ratio ratio : RATIOS) {
            List<Double> values = of(ratio);
            if (!values.isEmpty()) {
                System.out.printf(Locale.ROOT, "%-45s %10.2f %17s %6s%n", ratio.name(), median(values), range(values, "%.2f"), ratio.goal());
            }
        }
        rates.values().stream().findFirst().ifPresent(bare -> System.out.printf(Locale.ROOT,
                "%nThe machine's noise: the rounds of the first line differ by a factor of %.2f.%n", most(bare) / least(bare)));
    }

    /** Whether no ratio is more than a quarter below the expected one. Says which is. */
    boolean holds(Path expected) throws IOException {
        Properties ratios = new Properties();
        try (InputStream in = Files.newInputStream(expected)) {
            ratios.load(in);
        }
        boolean holds = true;
        for (Ratio ratio : RATIOS) {
            String wanted = ratios.getProperty(ratio.name());
            List<Double> values = of(ratio);
            if (wanted != null && !values.isEmpty() && median(values) < LEAST * Double.parseDouble(wanted)) {
                System.out.printf(Locale.ROOT, "DROPPED: %s is %.2f, expected %s%n", ratio.name(), median(values), wanted);
                holds = false;
            }
        }
        return holds;
    }

    private List<Double> of(Ratio ratio) {
        List<Double> ratios = new ArrayList<>();
        for (Map<String, List<Double>> kind : List.of(rates, times, memory)) {
            List<Double> of = kind.getOrDefault(ratio.of(), List.of());
            List<Double> to = kind.getOrDefault(ratio.to(), List.of());
            for (int i = 0; i < Math.min(of.size(), to.size()); i++) {
                ratios.add(of.get(i) / to.get(i));
            }
        }
        return ratios;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String range(List<Double> values, String format) {
        return String.format(Locale.ROOT, format + ".." + format, least(values), most(values));
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(value -> value).min().orElse(0);
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(value -> value).max().orElse(0);
    }

    static String machine() {
        return LocalDate.now(ZoneOffset.UTC) + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("os.name") + ", Java " + Runtime.version();
    }

    static String load() {
        return String.format(Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
