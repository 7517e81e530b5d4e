package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code requests show} says a request waits for. */
@Tag("integration")
class RequestsShowTest {

    private static final ResultKey FIRST = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);
    private static final ResultKey SECOND = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 1);
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void acceptTwo() throws IOException {
        config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.credential", "azure-cli", "live-response.quota.per-minute", "1",
                "live-response.data-directory", directory.resolve("data").toString()));
        onLedger(ledger -> List.of(FIRST, SECOND).forEach(key -> ledger.intake().accept(new NewRequest(key, ActionFacts.UNKNOWN, null))));
    }

    @Test
    void a_request_that_nothing_holds_back_waits_for_a_free_worker() {
        assertThat(waitsFor(FIRST)).containsExactly("a free worker");
    }

    @Test
    void a_request_without_room_in_the_quota_waits_for_it() {
        onLedger(ledger -> ledger.quota().take(CallKind.LINK, "contoso", FIRST));

        assertThat(waitsFor(SECOND)).singleElement().asString().matches(
                "quota until \\S+ \\S+: 1 of 1 link calls in the last minute, 1 of 1500 in the last hour");
    }

    @Test
    void a_request_of_a_paused_tenant_waits_for_the_end_of_the_pause_unless_it_is_fetched() {
        onLedger(ledger -> {
            ledger.queue().claim("node", Duration.ofMinutes(5), 1);
            ledger.settlement().fetched(FIRST, "node",
                    new FetchedFacts(Outcome.SUCCEEDED, 0, "a.ps1", "0".repeat(64), 1L, null, null, Instant.EPOCH));
            ledger.settlement().postpone(FIRST, "node", LATER, "DELIVERY_IN_DOUBT: the ticket system is asked after its search lag");
            ledger.quota().pause("contoso", LATER, "LINK_FORBIDDEN: no role");
        });

        assertThat(waitsFor(SECOND)).containsExactly("the end of the pause of contoso at 2100-01-01 00:00:00: LINK_FORBIDDEN: no role");
        assertThat(waitsFor(FIRST)).containsExactly(
                "the next attempt at 2100-01-01 00:00:00: DELIVERY_IN_DOUBT: the ticket system is asked after its search lag");
    }

    @Test
    void a_request_that_a_peers_outage_put_off_says_when_it_is_tried_again_and_why() {
        onLedger(ledger -> {
            ledger.queue().claim("node", Duration.ofMinutes(5), 1);
            ledger.settlement().retryAt(FIRST, "node", LATER,
                    RequestError.of(new LiveResponseException(FailureCode.LINK_UNREACHABLE, "connection refused\u001b[2J")));
        });

        assertThat(waitsFor(FIRST)).singleElement().asString()
                .startsWith("the next attempt at 2100-01-01 00:00:00: LINK_UNREACHABLE connection refused").doesNotContain("\u001b");
    }

    @Test
    void a_request_that_is_at_work_or_has_ended_waits_for_nothing() {
        onLedger(ledger -> {
            ledger.queue().claim("node", Duration.ofMinutes(5), 2);
            ledger.settlement().dead(FIRST, "node", RequestError.of(new LiveResponseException(FailureCode.LINK_BAD_REQUEST, "no")));
        });

        assertThat(waitsFor(FIRST)).isEmpty();
        assertThat(waitsFor(SECOND)).isEmpty();
    }

    private List<String> waitsFor(ResultKey key) {
        CommandLineRun run = CommandLineRun.of("requests", "show", key.toString(), "--config", config.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.lines().stream().map(String::strip).filter(line -> line.startsWith("waits for"))
                .map(line -> line.substring("waits for".length()).strip()).toList();
    }

    private void onLedger(Consumer<Ledger> work) {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("data")))) {
            work.accept(new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))));
        }
    }
}
