package io.liveresponse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Looks at what the databases read, since a wall clock says nothing on a busy machine. */
@Tag("integration")
class StatementPlanTest extends OnBothDatabases {

    private static final int BACKLOG = 100_000;
    private static final Pattern H2_READ = Pattern.compile("scanCount: (\\d+)");
    private static final Pattern POSTGRES_READ = Pattern.compile("actual time=\\S+ rows=(\\d+)");

    @Test
    void a_claim_reads_little_more_than_it_takes_from_a_backlog_that_no_statistics_know_of() {
        accept("contoso", BACKLOG);
        assertThat(ledger.queue().claim("node", LEASE, 100)).hasSize(100);
        Params due = new Params().text("tenant", "contoso").text("lane", "fresh").time("now", clock.instant()).number("max", 100);
        due.addValue("numbers", List.of(200L, 201L, 202L));

        assertThat(mostRowsRead("tenants-with-work", due)).isLessThan(250);
        assertThat(mostRowsRead("find-due", due)).isBetween(100, 250);
        assertThat(mostRowsRead("lock-due", due)).isLessThan(250);
        assertThat(mostRowsRead("claimed", due)).isLessThan(250);
        assertThat(mostRowsRead("count-reserved", due)).isLessThan(250);
        assertThat(mostRowsRead("free-ended-leases", due)).isLessThan(250);
        assertThat(mostRowsRead("find", new Params().key(key("contoso", 5)))).isLessThan(10);
    }

    @Test
    void the_quota_reads_no_more_than_its_windows_hold() {
        accept("contoso", 1);
        NamedParameterJdbcTemplate jdbc = new NamedParameterJdbcTemplate(database.dataSource());
        Params[] calls = new Params[20_000];
        for (int call = 0; call < calls.length; call++) {
            calls[call] = new Params().key(key("contoso", 0)).time("now", clock.instant().minusSeconds(call * 3L));
        }
        jdbc.batchUpdate(statement("add-link-call"), calls);

        Params params = new Params().text("tenant", "contoso").number("skip", 1_499)
                .time("since", clock.instant().minusSeconds(3_650));
        assertThat(mostRowsRead("count-link-calls", params)).isBetween(1_000, 1_300);
        assertThat(mostRowsRead("earlier-link-call", params)).isBetween(1_000, 1_300);
    }

    /** The most rows that any step of the plan reads. */
    private int mostRowsRead(String statement, Params params) {
        NamedParameterJdbcTemplate jdbc = new NamedParameterJdbcTemplate(database.dataSource());
        String plan = String.join("\n", jdbc.queryForList("explain analyze " + statement(statement), params, String.class));
        Matcher rows = (kind == Kind.H2 ? H2_READ : POSTGRES_READ).matcher(plan);
        int most = rows.results().mapToInt(found -> Integer.parseInt(found.group(1))).max().orElse(0);
        assertThat(plan).as("a plan that says what it read").containsPattern(kind == Kind.H2 ? "scanCount|index" : "actual time");
        return most;
    }

    private static String statement(String name) {
        try (InputStream in = Sql.class.getResourceAsStream("sql/" + name + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
