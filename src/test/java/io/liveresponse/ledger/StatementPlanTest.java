package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final int BACKLOG = 100_000;
    private static final Pattern ROWS_READ = Pattern.compile("actual time=\\S+ rows=(\\d+)");

    @Test
    void a_claim_reads_little_more_than_it_takes_from_a_backlog_that_no_statistics_know_of() {
        accept("contoso", BACKLOG);
        assertThat(ledger.queue().claim("node", LEASE, 100)).hasSize(100);
        Map<String, Object> due = new HashMap<>(
                Map.of("tenant_0", "contoso", "lane_0", "fresh", "now", database.sql().time(clock.instant()),
                        "max_0", 100, "max", 100, "after", "", "owner", "node", "tenants", List.of("contoso"), "numbers",
                        List.of(200L, 201L, 202L)));

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

    /** PostgreSQL tells how many rows each step of its plan read; SQLite, whether it searches an index and sorts nothing. */
    private void assertReads(int most, String statement, Map<String, ?> params) {
        String explain = kind == Kind.SQLITE ? "explain query plan " : "explain analyze ";
        List<String> plan = JdbcClient.create(database.dataSource()).sql(explain + database.sql().text(statement).replace("{n}", "0"))
                .params(params)
                .query((row, number) -> row.getString(kind == Kind.SQLITE ? "detail" : "QUERY PLAN")).list();
        if (kind == Kind.SQLITE) {
            assertThat(plan).as(statement).anyMatch(step -> step.startsWith("SEARCH "))
                    .noneMatch(step -> step.matches("SCAN (request|r|c|api_call|event|delivery)\\b.*"))
                    .noneMatch(step -> step.contains("TEMP B-TREE"));
        } else {
            assertThat(ROWS_READ.matcher(String.join("\n", plan)).results().map(found -> Integer.valueOf(found.group(1))).toList())
                    .as(statement).isNotEmpty().allMatch(rows -> rows < most);
        }
    }
}
