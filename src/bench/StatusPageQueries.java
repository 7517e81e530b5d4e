import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.page.LedgerPageData;
import io.liveresponse.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * How long the status page's questions take of a ledger of 100,000 requests: on SQLite, or on the PostgreSQL database whose address is
 * the argument, which must be empty. Run from the project's root after {@code mvn package}; see README.md beside this file.
 */
public final class StatusPageQueries {

    private static final int REQUESTS = 100_000;
    private static final int EVENTS = 5;
    private static final int DEVICES = 5_000;
    private static final int WARM_UP = 5;
    private static final int MEASURED = 21;
    private static final Instant START = Instant.now().minus(Duration.ofDays(7));
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final String[] OUTCOMES = {"succeeded", "succeeded", "succeeded", "failed", "succeeded-with-errors"};

    private final LedgerDatabase database;
    private final boolean sqlite;

    private StatusPageQueries(LedgerDatabase database, boolean sqlite) {
        this.database = database;
        this.sqlite = sqlite;
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target"), "status-page");
        boolean sqlite = arguments.length == 0;
        LedgerAddress address = sqlite ? LedgerAddress.inDirectory(directory) : LedgerAddress.of(arguments[0], null, null);
        try (LedgerDatabase database = LedgerDatabase.open(address)) {
            StatusPageQueries bench = new StatusPageQueries(database, sqlite);
            bench.fill();
            bench.measure();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void measure() throws Exception {
        Ledger ledger = new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
        ledger.runs().add(new NewRun("run-1", "contoso", "[]", "Get-Health.ps1", null, "bench", Instant.now().plus(Duration.ofHours(4)),
                IntStream.range(0, DEVICES).mapToObj(number -> new NewRun.Device("%040x".formatted(number), "pc-" + number, null)).toList()));
        DefaultCamelContext context = new DefaultCamelContext();
        context.start();
        Map<String, String> tenants = Map.of("contoso", "contoso", "fabrikam", "fabrikam");
        LedgerPageData data = data(context, ledger, tenants);
        Map<String, Runnable> pages = new LinkedHashMap<>();
        pages.put("overview", () -> data(context, ledger, tenants).overview());
        pages.put("requests, newest", () -> data.requests(RequestFilter.ALL, null, 51));
        pages.put("requests, oldest", () -> data.requests(RequestFilter.ALL, 51L, 51));
        pages.put("requests, state dead", () -> data.requests(filter(RequestState.DEAD, null, null, null), null, 51));
        pages.put("requests, outcome of 24 h", () -> data.requests(
                filter(null, Outcome.FAILED, null, Instant.now().minus(Duration.ofHours(24))), null, 51));
        pages.put("requests, one device", () -> data.requests(filter(null, null, "pc-77", null), null, 51));
        pages.put("requests, none found", () -> data.requests(filter(null, null, "no such device", null), null, 51));
        pages.put("one request", () -> data.request(new ResultKey("contoso", id(500), 0)).orElseThrow());
        pages.put("runs", () -> data.runs(500));
        pages.put("one run, 5,000 devices", () -> data.run("run-1").orElseThrow());
        System.out.printf("%,d requests, %,d events, %s%n%-28s %10s %10s %10s%n", REQUESTS, REQUESTS * EVENTS,
                sqlite ? "SQLite" : "PostgreSQL", "page", "fastest", "median", "slowest");
        pages.forEach(StatusPageQueries::time);
        context.stop();
    }

    private static LedgerPageData data(DefaultCamelContext context, Ledger ledger, Map<String, String> tenants) {
        return new LedgerPageData(context, ledger, tenants, () -> null, Path.of("target"), key -> Optional.empty(), Clock.systemUTC());
    }

    private static RequestFilter filter(RequestState state, Outcome outcome, String device, Instant since) {
        return new RequestFilter(null, state, outcome, null, device, since, null);
    }

    private static void time(String name, Runnable page) {
        List<Long> micros = new ArrayList<>();
        for (int round = 0; round < WARM_UP + MEASURED; round++) {
            long begin = System.nanoTime();
            page.run();
            if (round >= WARM_UP) {
                micros.add((System.nanoTime() - begin) / 1_000);
            }
        }
        micros.sort(Comparator.naturalOrder());
        System.out.printf("%-28s %7.1f ms %7.1f ms %7.1f ms%n", name, micros.get(0) / 1_000.0, micros.get(MEASURED / 2) / 1_000.0,
                micros.get(MEASURED - 1) / 1_000.0);
    }

    /** A week of two tenants: 1 in 100 dead, the last 2,000 due, all others delivered to two sinks. */
    private void fill() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            batch(connection, "insert into tenant (name) values (?)", 2, number -> List.of(tenant(number)));
            batch(connection, "insert into quota (quota_key) values (?)", 2, number -> List.of(tenant(number)));
            batch(connection, "insert into api_call (quota_key, kind, called_at, call_no) values (?, 'link', ?, ?)", 2_000,
                    number -> List.of(tenant(number), time(Instant.now().minusSeconds(4_000 - 2L * number)), number / 2 + 1));
            batch(connection, """
                    insert into request (tenant, machine_action_id, command_index, state, lane, attempts, claims, next_attempt_at, accepted_at,
                            ended_at, link_reserved, command_type, script_name, device_id, device_name, requestor, comment, outcome,
                            exit_code, sha256, size_bytes, spool_path, error_stage, error_code, error_text)
                    values (?, ?, 0, ?, ?, 0, 0, ?, ?, ?, ?, 'RunScript', 'Get-Health.ps1', ?, ?, 'ann@contoso.example', 'CHG-1234', ?,
                            ?, ?, ?, ?, ?, ?, ?)""", REQUESTS, this::request);
            batch(connection, "insert into delivery (tenant, machine_action_id, command_index, sink, reference, delivered_at)"
                    + " values (?, ?, 0, ?, ?, ?)", 2 * REQUESTS, number -> isOpen(number / 2) || isDead(number / 2)
                            ? null
                            : List.of(tenant(number / 2), id(number / 2), number % 2 == 0 ? "file" : "email", "reference-" + number,
                                    time(at(number / 2))));
            batch(connection, "insert into event (tenant, machine_action_id, command_index, happened_at, kind, detail) values (?, ?, 0, ?, ?, ?)",
                    EVENTS * REQUESTS, number -> List.of(tenant(number / EVENTS), id(number / EVENTS), time(at(number / EVENTS)),
                            new String[] {"accepted", "claimed", "link-call", "fetched", "delivered"}[number % EVENTS], "node-a/17"));
            connection.commit();
            connection.setAutoCommit(true);
            connection.createStatement().execute("analyze");
        }
    }

    private List<Object> request(int number) {
        boolean open = isOpen(number);
        boolean dead = isDead(number);
        List<Object> row = new ArrayList<>(List.of(tenant(number), id(number), open ? "due" : dead ? "dead" : "delivered",
                open ? "fresh" : "ended", time(at(number)), time(at(number))));
        row.add(open ? null : time(at(number)));
        row.add(sqlite ? (Object) 0 : (Object) false);
        row.add("%040x".formatted(number % DEVICES));
        row.add("pc-" + number % DEVICES);
        boolean fetched = !open && !dead;
        row.add(fetched ? OUTCOMES[number % OUTCOMES.length] : null);
        row.add(fetched ? number % OUTCOMES.length == 3 ? 1 : 0 : null);
        row.add(fetched ? "ab".repeat(32) : null);
        row.add(fetched ? 4_096 : null);
        row.add(fetched ? "/var/lib/live-response/spool/" + id(number) : null);
        row.add(dead ? "LINK" : null);
        row.add(dead ? "LINK_FORBIDDEN" : null);
        row.add(dead ? "the API answers 403 (Forbidden); grant the application permission Machine.ReadWrite.All" : null);
        return row;
    }

    private static boolean isOpen(int number) {
        return number >= REQUESTS - 2_000;
    }

    private static boolean isDead(int number) {
        return number % 100 == 7;
    }

    private static String tenant(int number) {
        return number % 2 == 0 ? "contoso" : "fabrikam";
    }

    private static String id(int number) {
        return new UUID(0x5382f7ea75574ab7L, 0x9782000000000000L + number).toString();
    }

    private static Instant at(int number) {
        return START.plus(Duration.ofDays(7).multipliedBy(number).dividedBy(REQUESTS));
    }

    private Object time(Instant instant) {
        return sqlite ? TEXT.format(instant) : instant.atOffset(ZoneOffset.UTC);
    }

    private interface Row {
        List<Object> of(int number);
    }

    private static void batch(Connection connection, String statement, int rows, Row values) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (int number = 0; number < rows; number++) {
                List<Object> row = values.of(number);
                if (row == null) {
                    continue;
                }
                for (int column = 0; column < row.size(); column++) {
                    insert.setObject(column + 1, row.get(column));
                }
                insert.addBatch();
                if (number % 10_000 == 9_999) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
