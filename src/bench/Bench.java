import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The speed of the packaged runtime beside the least that the same work costs. Options: {@code --rounds N}, {@code --count N} results in
 * each measurement, {@code --check} to compare with ratios.properties. Run it by {@code src/bench/run}; see README.md beside this file.
 */
public final class Bench {

    private static final Duration FAR_AWAY = Duration.ofMillis(50);

    private final Table table = new Table();
    private final Path root;
    private final int count;
    private final EmbeddedPostgres postgres;
    private int runs;

    private Bench(Path root, int count, EmbeddedPostgres postgres) {
        this.root = root;
        this.count = count;
        this.postgres = postgres;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> options = List.of(arguments);
        Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")).toAbsolutePath(), "run");
        Bench bench = new Bench(root, number(options, "--count", 2_000), postgres());
        int rounds = number(options, "--rounds", 5);
        System.out.println(Table.machine());
        try {
            for (int round = 1; round <= rounds; round++) {
                System.out.println("round " + round + " of " + rounds + ", load average " + Table.load());
                bench.round();
            }
        } finally {
            if (bench.postgres != null) {
                bench.postgres.close();
            }
            delete(root);
        }
        bench.table.print();
        System.exit(options.contains("--check") && !bench.table.holds(Path.of("src/bench/ratios.properties")) ? 1 : 0);
    }

    private static int number(List<String> options, String name, int other) {
        int at = options.indexOf(name);
        return at < 0 ? other : Integer.parseInt(options.get(at + 1));
    }

    /** Null, and its lines are left out, if this machine has none. */
    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException | RuntimeException e) {
            System.err.println("no PostgreSQL: " + e.getMessage());
            return null;
        }
    }

    /** Everything once, so that a slow minute of the machine is shared by all. */
    private void round() throws Exception {
        try (Cloud cloud = new Cloud(fresh(), 1)) {
            for (int threads : new int[] {1, 8}) {
                fetch(cloud, "bare", threads);
                fetch(cloud, "chain", threads);
            }
            standalone("standalone SQLite 1 tenant", cloud, 1, 1, null);
            if (postgres != null) {
                standalone("standalone PostgreSQL 1 tenant", cloud, 1, 1, database());
                cloud.answerAfter(FAR_AWAY);
                standalone("PostgreSQL, answers after 50 ms, one node", cloud, 1, 1, database());
                standalone("PostgreSQL, answers after 50 ms, two nodes", cloud, 1, 2, database());
            }
        }
        for (int tenants : new int[] {100, 1_000}) {
            try (Cloud cloud = new Cloud(fresh(), tenants)) {
                standalone("standalone SQLite " + tenants + " tenants", cloud, tenants, 1, null);
            }
        }
        start();
    }

    private Path fresh() throws IOException {
        return Files.createDirectories(root.resolve("run-" + ++runs));
    }

    private String database() throws Exception {
        String name = "bench" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(postgres.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }

    private void fetch(Cloud cloud, String how, int threads) throws Exception {
        Path directory = fresh();
        String id = cloud.requests(1).get(0).replaceFirst(".*\"machineActionId\":\"([^\"]+)\".*", "$1");
        Path settings = Node.write(directory, cloud.settings());
        String path = System.getProperty("bench.classes") + ":target/live-response-routes/live-response-routes.jar";
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(Node.java(), "-XX:+UseSerialGC", "-cp", path, "Fetch", how, settings.toString(),
                directory.resolve("files").toString(), Integer.toString(threads), Integer.toString(count), Integer.toString(count), id)
                .redirectError(directory.resolve("errors").toFile()).redirectOutput(log.toFile()).start();
        process.waitFor();
        String[] result = Files.readAllLines(log).stream().filter(line -> line.startsWith("RESULT ")).findFirst()
                .orElseThrow(() -> new IllegalStateException(how + " failed, see " + directory)).split(" ");
        table.add(how + " " + threads + (threads == 1 ? " thread" : " threads"), count, Long.parseLong(result[1]), Long.parseLong(result[2]));
        cloud.forgetCalls();
        delete(directory);
    }

    /** Accepted, fetched, filed and settled. The first wave warms up and signs every tenant in. */
    private void standalone(String name, Cloud cloud, int tenants, int nodes, String database) throws Exception {
        Map<String, String> settings = new HashMap<>(cloud.settings());
        if (database != null) {
            settings.put("live-response.ledger.url", database);
        }
        Path directory = fresh();
        List<Node> all = new ArrayList<>();
        try {
            for (int i = 0; i < nodes; i++) {
                all.add(Node.start(directory.resolve("node-" + i), settings));
            }
            Node first = all.get(0);
            int warm = Math.max(count / 2, tenants);
            String url = database != null ? database : "jdbc:sqlite:" + directory.resolve("node-0/data/ledger/ledger.db");
            try (Connection ledger = DriverManager.getConnection(url)) {
                first.request("first", cloud.requests(warm));
                first.await(() -> delivered(ledger) == warm, name);
                List<String> lines = cloud.requests(count);
                long cpu = cpu(all);
                long start = System.nanoTime();
                first.request("second", lines);
                first.await(() -> delivered(ledger) == warm + count, name);
                table.add(name, count, System.nanoTime() - start, cpu(all) - cpu);
            }
        } finally {
            for (Node node : all) {
                node.close();
            }
        }
        cloud.forgetCalls();
        delete(directory);
    }

    private static long cpu(List<Node> nodes) {
        return nodes.stream().mapToLong(node -> node.cpu().toNanos()).sum();
    }

    private static long delivered(Connection ledger) throws Exception {
        try (Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from request where state = 'delivered'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void start() throws Exception {
        Map<String, String> settings = Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.tenant-id", new UUID(1, 1).toString(),
                "live-response.tenant.contoso.client-id", new UUID(2, 1).toString(),
                "live-response.tenant.contoso.credential", "managed-identity");
        Path directory = fresh();
        try (Node node = Node.start(directory.resolve("with"), settings)) {
            idle("bin/live-response, with the archive", node);
        }
        try (Node node = Node.startPlain(directory.resolve("without"), settings)) {
            idle("java -jar, without", node);
        }
        table.time("--version", Node.run(directory, "--version"));
        table.time("validate", Node.run(directory, "validate", "--config", directory.resolve("with/application.properties").toString()));
        delete(directory);
    }

    private void idle(String name, Node node) throws Exception {
        table.time("ready, " + name, node.ready());
        table.time("CPU until ready, " + name, node.readyCpu());
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        node.await(() -> System.nanoTime() > until, name);
        table.memory("idle, " + name, node.residentMb());
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
