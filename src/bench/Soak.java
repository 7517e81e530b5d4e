import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs the packaged service for hours with steady load and faults and records what may not grow: heap after a collection, open files,
 * sockets, threads, the ledger, resident memory. Options: {@code -Dsoak=8h} (or {@code 30m}), {@code -Drate=20} results a second. Writes
 * {@code target/soak/index.html} and exits with 1 if anything has a slope. Run it by {@code src/bench/run -Dsoak=8h}.
 */
public final class Soak {

    private static final int TENANTS = 20;
    private static final long SAMPLES = 120;

    private final Map<String, Series> series = new TreeMap<>();

    private Soak() {
    }

    public static void main(String[] arguments) throws Exception {
        String wanted = System.getProperty("soak", "30m").toUpperCase(Locale.ROOT);
        Duration length = Duration.parse("PT" + wanted);
        int rate = Integer.getInteger("rate", 20);
        Path directory = Path.of("target/soak").toAbsolutePath();
        Path home = Files.createDirectories(directory.resolve("node-" + System.currentTimeMillis()));
        boolean flat;
        try (Cloud cloud = new Cloud(home, TENANTS)) {
            cloud.fail();
            Map<String, String> settings = cloud.settings();
            // what is kept is the operator's choice; here, a short time, so that a ledger that only fills up is not taken for a leak
            settings.put("live-response.retention.bytes", length.dividedBy(10).toSeconds() + "s");
            settings.put("live-response.retention.delivered", length.dividedBy(10).toSeconds() + "s");
            settings.put("live-response.retention.period", "10s");
            settings.put("live-response.retry.delay", "500");
            try (Node node = Node.start(home, settings)) {
                Soak soak = new Soak();
                flat = soak.run(node, cloud, home, length, rate);
                Files.writeString(directory.resolve("index.html"), soak.page(length, rate));
                System.out.println(directory.resolve("index.html"));
            }
        }
        // after the node is stopped, which would outlive this process
        System.exit(flat ? 0 : 1);
    }

    private boolean run(Node node, Cloud cloud, Path home, Duration length, int rate) throws Exception {
        long start = System.nanoTime();
        long seconds = length.toSeconds();
        long every = Math.max(1, seconds / SAMPLES);
        for (long second = 0; second < seconds; second++) {
            long due = start + Duration.ofSeconds(second).toNanos();
            node.await(() -> System.nanoTime() >= due, "the next second");
            node.request("second-" + second, cloud.requests(rate));
            if (second % every == 0) {
                sample(node, home, second / 60.0);
                cloud.forgetCalls();
            }
            if (second % 60 == 0) {
                cloud.revokeTokens();
            }
        }
        series.values().forEach(one -> System.out.println(one.verdict()));
        return series.values().stream().allMatch(Series::isFlat);
    }

    private void sample(Node node, Path home, double minute) throws Exception {
        add("heap after a collection, MB", minute, node.liveHeapMb(), 4);
        add("open files", minute, count(node, ""), 12);
        add("sockets", minute, count(node, "socket:"), 12);
        add("threads", minute, node.threads(), 6);
        add("resident memory, MB", minute, node.residentMb(), 25);
        add("ledger, MB", minute, size(home.resolve("data/ledger")) / 1048576.0, 8);
        add("spool, MB", minute, size(home.resolve("data/spool")) / 1048576.0, 8);
    }

    private void add(String name, double minute, double value, double noise) {
        series.computeIfAbsent(name, key -> new Series(name, noise)).add(minute, value);
    }

    private static double count(Node node, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(node.pid()), "fd"))) {
            return files.filter(file -> {
                try {
                    return Files.readSymbolicLink(file).toString().startsWith(prefix);
                } catch (IOException e) {
                    // closed in between
                    return false;
                }
            }).count();
        }
    }

    private static double size(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
        }
    }

    private String page(Duration length, int rate) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Soak</title>"
                + "<style>body{font:16px system-ui;margin:2em}svg{border:1px solid #ccc}.bad{color:#b00}</style><h1>Soak</h1><p>"
                + Table.machine() + "; " + length.toMinutes() + " minutes at " + rate + " results a second, with faults.</p>");
        series.values().forEach(one -> page.append(one.plot()));
        return page.append("</html>\n").toString();
    }

    /** One plot. Flat if the median of the last third is above that of the middle third by no more than a tenth and the noise. */
    private static final class Series {

        private static final int WIDTH = 800;
        private static final int HEIGHT = 160;

        private final String name;
        private final double noise;
        private final List<double[]> points = new ArrayList<>();

        Series(String name, double noise) {
            this.name = name;
            this.noise = noise;
        }

        void add(double minute, double value) {
            points.add(new double[] {minute, value});
        }

        private double median(int from, int to) {
            List<Double> sorted = points.subList(from, Math.max(from + 1, to)).stream().map(point -> point[1]).sorted().toList();
            return sorted.get(sorted.size() / 2);
        }

        private double middle() {
            return median(points.size() / 3, points.size() * 2 / 3);
        }

        private double last() {
            return median(points.size() * 2 / 3, points.size());
        }

        boolean isFlat() {
            return last() <= middle() * 1.1 + noise;
        }

        String verdict() {
            return String.format(Locale.ROOT, "%-30s middle third %8.1f, last third %8.1f  %s", name, middle(), last(), isFlat() ? "flat" : "GROWS");
        }

        String plot() {
            double most = points.stream().mapToDouble(point -> point[1]).max().orElse(1);
            double end = points.get(points.size() - 1)[0];
            StringBuilder line = new StringBuilder();
            for (double[] point : points) {
                line.append(String.format(Locale.ROOT, "%.1f,%.1f ", end == 0 ? 0 : point[0] / end * WIDTH,
                        HEIGHT - (most == 0 ? 0 : point[1] / most * HEIGHT * 0.95)));
            }
            return String.format(Locale.ROOT, "<h2%s>%s</h2><p>%s; most %.1f</p><svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">"
                    + "<polyline fill=\"none\" stroke=\"#06c\" points=\"%s\"/></svg>", isFlat() ? "" : " class=\"bad\"", name, verdict(), most,
                    WIDTH, HEIGHT, name, line);
        }
    }
}
