package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.LedgerStatus.SinkSuccess;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at what the databases read, since a wall clock says nothing on a busy machine. */
@Tag("integration")
class StatementPlanTest extends OnBothDatabases {

    private static final int BACKLOG = 20_000;
    private static final Pattern ROWS_READ = Pattern.compile("actual time=\\S+ rows=(\\d+)");

    @Test
    void a_claim_reads_little_more_than_it_takes_from_a_backlog_that_no_statistics_know_of() {
        accept("contoso", BACKLOG);
        assertThat(ledger.queue().claim("node", LEASE, 100)).hasSize(100);
        Map<String, Object> due = new HashMap<>(
                Map.of("wanted", List.<Object[]>of(new Object[]{"contoso", "fresh"}), "now", database.sql().time(clock.instant()),
                        "max", 100, "after", "", "owner", "node", "tenants", List.of("contoso"), "numbers",
                        List.of(200L, 201L, 202L)));
        List.of("second", "third", "last").forEach(wait -> due.put(wait, due.get("now")));

        assertReads(250, "due-tenants", due);
        assertReads(250, "find-due", due);
        assertReads(250, "ended-leases", due);
        assertReads(250, "count-reserved", due);
        assertReads(250, "free-ended-leases", due);
        assertReads(10, "find", Sql.key(key("contoso", 5)));
    }

    @Test
    void the_tenants_with_due_work_are_found_by_their_number_and_not_by_their_backlog() {
        for (int tenant = 0; tenant < 50; tenant++) {
            accept("tenant-" + tenant, 200);
        }
        assertReads(60, "due-tenants", Map.of("after", "", "now", database.sql().time(clock.instant()), "max", 100));
    }

    @Test
    void the_quota_reads_a_few_rows_however_many_its_windows_hold() {
        database.sql().transaction(() -> database.sql().statement("add-quota").param("quota_key", "contoso").update());
        database.sql()
                .transaction(() -> database.sql().updateAll("add-call",
                        IntStream.range(0, 20_000)
                                .mapToObj(call -> Map.<String, Object>of("quota_key", "contoso", "kind", "link", "call_no", call + 1,
                                        "now", database.sql().time(clock.instant().minusSeconds((20_000 - call) * 3L))))
                                .toList()));

        assertReads(5, "quota-use", Map.of("quota_keys", List.of("contoso"), "kind", "link",
                "minute_since", database.sql().time(clock.instant().minusSeconds(62)),
                "hour_since", database.sql().time(clock.instant().minusSeconds(3_650))));
        assertReads(5, "earlier-call", Map.of("quota_key", "contoso", "kind", "link", "after_no", 18_784,
                "since", database.sql().time(clock.instant().minusSeconds(3_650))));
    }

    @Test
    void a_page_of_the_request_list_reads_no_more_than_it_shows_wherever_it_begins() {
        accept("contoso", BACKLOG);
        Map<String, Object> page = new HashMap<>(Map.of("max", 51));
        List.of("in_tenant", "in_state", "with_outcome", "of_script", "on_device", "of_run", "with_error", "since", "until")
                .forEach(name -> page.put(name, null));
        for (Long before : new Long[]{null, 18_000L, 60L}) {
            page.put("before_no", before);
            assertReads(60, "list", page);
        }
    }

    @Test
    void the_overview_counts_by_indexes_alone_and_finds_the_sinks_by_their_number() {
        accept("contoso", BACKLOG);
        for (int number = 0; number < 300; number++) {
            ledger.settlement().delivered(key("contoso", number), number % 3 == 0 ? "email" : "file", null);
        }
        Instant latest = clock.instant().plusSeconds(1);
        clock.advance(Duration.ofSeconds(1));
        ledger.settlement().delivered(key("contoso", 7), "ticket", "INC1");

        assertThat(ledger.status().sinks()).extracting(SinkSuccess::sink).containsExactly("email", "file", "ticket");
        assertThat(ledger.status().sinks().get(2).at()).isEqualTo(latest);
        assertFinds(10, "sink-successes", Map.of());
        assertFinds(10, "dead-by-tenant", Map.of());
        assertFinds(10, "outcomes-since", Map.of("since", database.sql().time(clock.instant())));
        assertFinds(10, "node-leases", Map.of());
        assertReads(10, "events", Sql.key(key("contoso", 5)));
        // PostgreSQL reads the table if it has not been vacuumed; once, and sorts nothing
        assertThat(plan("lanes", Map.of())).noneMatch(step -> step.contains("TEMP B-TREE") || step.contains("Sort"))
                .anyMatch(
                        step -> step.matches(".*(COVERING INDEX request_claim|Index Only Scan using request_claim|Seq Scan on request).*"));
    }

    /** PostgreSQL tells how many rows each step of its plan read; SQLite, whether it searches an index and sorts nothing. */
    private void assertReads(int most, String statement, Map<String, ?> params) {
        assertFinds(most, statement, params);
        assertThat(plan(statement, params)).as(statement).noneMatch(step -> step.contains("TEMP B-TREE"));
    }

    /** Likewise, but the few rows found may be sorted. */
    private void assertFinds(int most, String statement, Map<String, ?> params) {
        List<String> plan = plan(statement, params);
        if (kind == Kind.SQLITE) {
            assertThat(plan).as(statement).anyMatch(step -> step.startsWith("SEARCH "))
                    .noneMatch(step -> step.matches("SCAN (request|r|c|d|api_call|event|delivery)\\b.*"));
        } else {
            assertThat(ROWS_READ.matcher(String.join("\n", plan)).results().map(found -> Integer.valueOf(found.group(1))).toList())
                    .as(statement).isNotEmpty().allMatch(rows -> rows < most);
        }
    }

    private List<String> plan(String statement, Map<String, ?> params) {
        String explain = kind == Kind.SQLITE ? "explain query plan " : "explain analyze ";
        return JdbcClient.create(database.dataSource()).sql(explain + database.sql().text(statement)).params(params)
                .query((row, number) -> row.getString(kind == Kind.SQLITE ? "detail" : "QUERY PLAN")).list();
    }
}
