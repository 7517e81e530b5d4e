import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Journal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Two nodes at one PostgreSQL with a backlog for each of a thousand tenants, whose quota is scaled to what this machine can do: how much of
 * it is used, and whether a window is ever over. Options: {@code -Dtenants=1000}, {@code -DfullQuota=2} long windows. Exits with 1 if a
 * window was over, a call was refused or less than 95 % was used. Run it by {@code src/bench/run -DfullQuota=2}.
 */
public final class FullQuota {

    private static final int PER_MINUTE = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** The hour, scaled: its share of the work of two cores is what a tenant's true hour is of twenty. */
    private static final int PER_HOUR = 25;
    private static final Duration HOUR = Duration.ofMinutes(10);
    private static final double ENOUGH = 0.95;

    private FullQuota() {
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench")).toAbsolutePath(), "quota");
        System.out.println(Table.machine());
        boolean good = run(root, Integer.getInteger("tenants", 1_000), Integer.getInteger("fullQuota", 2));
        Bench.delete(root);
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Path root, int tenants, int hours) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                Cloud cloud = new Cloud(root, tenants, PER_MINUTE, MINUTE, PER_HOUR, HOUR)) {
            Map<String, String> settings = settings(cloud, postgres.getJdbcUrl("postgres", "postgres"));
            try (Node one = Node.start(root.resolve("one"), settings); Node other = Node.start(root.resolve("other"), settings)) {
                // one window more than is looked at, so that there is always something due
                one.request("backlog", cloud.requests(tenants * PER_HOUR * (hours + 1)));
                Journal journal = cloud.journal();
                one.await(() -> journal.count(EndpointKind.LINK) > 0, "the first link call");
                Instant start = journal.calls(EndpointKind.LINK).get(0).arrival();
                boolean good = true;
                for (int hour = 1; hour <= hours; hour++) {
                    Instant end = start.plus(HOUR.multipliedBy(hour));
                    awaitUntil(end, one, other);
                    good &= used(journal, hour, end, tenants);
                }
                return good & kept(cloud);
            }
        }
    }

    private static Map<String, String> settings(Cloud cloud, String ledger) {
        Map<String, String> settings = new HashMap<>(cloud.settings());
        settings.put("live-response.ledger.url", ledger);
        settings.put("live-response.quota.per-minute", Integer.toString(PER_MINUTE));
        settings.put("live-response.quota.minute-period", "62s");
        settings.put("live-response.quota.per-hour", Integer.toString(PER_HOUR));
        settings.put("live-response.quota.hour-period", "610s");
        return settings;
    }

    private static void awaitUntil(Instant end, Node... nodes) throws Exception {
        for (Node node : nodes) {
            node.await(() -> Instant.now().isAfter(end), "the end of a window");
        }
    }

    private static boolean used(Journal journal, int hour, Instant end, int tenants) {
        List<Call> calls = journal.calls(EndpointKind.LINK).stream()
                .filter(call -> call.arrival().isBefore(end) && !call.arrival().isBefore(end.minus(HOUR))).toList();
        double used = (double) calls.size() / tenants / PER_HOUR;
        System.out.printf(Locale.ROOT, "window %d of %d min: %d link calls, %.1f %% of the quota%n", hour, HOUR.toMinutes(), calls.size(), used * 100);
        return used >= ENOUGH;
    }

    /** Refused calls count as well. */
    private static boolean kept(Cloud cloud) {
        Journal journal = cloud.journal();
        int minute = cloud.tenants().stream().mapToInt(tenant -> journal.maxInAnyWindow(tenant, MINUTE)).max().orElseThrow();
        int hour = cloud.tenants().stream().mapToInt(tenant -> journal.maxInAnyWindow(tenant, HOUR)).max().orElseThrow();
        System.out.printf(Locale.ROOT, "most link calls of a tenant: %d of %d in any %d s, %d of %d in any %d s; answers of 429: %d%n", minute,
                PER_MINUTE, MINUTE.toSeconds(), hour, PER_HOUR, HOUR.toSeconds(), journal.answers429());
        return minute <= PER_MINUTE && hour <= PER_HOUR && journal.answers429() == 0;
    }
}
