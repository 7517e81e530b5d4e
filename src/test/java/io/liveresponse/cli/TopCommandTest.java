package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.NewRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

@Tag("integration")
class TopCommandTest {

    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private Path config;

    @BeforeEach
    void fillLedger() throws IOException {
        config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso,fabrikam",
                "live-response.tenant.contoso.credential", "azure-cli", "live-response.tenant.fabrikam.credential", "azure-cli",
                "live-response.data-directory", directory.resolve("data").toString()));
        onLedger(ledger -> {
            for (int index = 0; index < 3; index++) {
                ledger.intake().accept(new NewRequest(key(index), ActionFacts.UNKNOWN, null));
            }
            ledger.queue().claim("node-1", Duration.ofMinutes(5), 2);
            ledger.quota().take(CallKind.LINK, "contoso", key(0));
            ledger.settlement().fetched(key(0), "node-1",
                    new FetchedFacts(Outcome.FAILED, 3, "a.ps1", "0".repeat(64), 1L, null, null, Instant.EPOCH));
            ledger.settlement().delivered(key(0), "file", "results/0");
            ledger.settlement().settleDelivered(key(0), "node-1");
            ledger.quota().pause("fabrikam", LATER, "LINK_FORBIDDEN: no role\u001b[2J");
            ledger.runs().add(new NewRun("run-1", "fabrikam", "[]", "a.ps1", null, "x", LATER,
                    List.of(new NewRun.Device("0".repeat(40), "pc-1", null), new NewRun.Device("1".repeat(40), "pc-2", "no such device"))));
        });
    }

    private static ResultKey key(int index) {
        return new ResultKey("contoso", ACTION, index);
    }

    @Test
    void once_prints_tenants_sinks_nodes_outcomes_and_running_runs_and_nothing_that_a_terminal_would_obey() {
        CommandLineRun run = CommandLineRun.of("top", "--once", "--config", config.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("\u001b");
        assertThat(run.lines()).anySatisfy(line -> assertThat(line).matches("contoso +1/100 +1/1500 +1 +1 +1 +0 +\\S+ \\S+ +ready"))
                .anySatisfy(line -> assertThat(line).matches(
                        "fabrikam +0/100 +0/1500 +0 +0 +0 +0 +- +paused until 2100-01-01 00:00:00: LINK_FORBIDDEN: no role.*"))
                .anySatisfy(line -> assertThat(line).matches("file +\\S+ \\S+"))
                .anySatisfy(line -> assertThat(line).matches("node-1 +1 +\\S+ \\S+"))
                .anySatisfy(line -> assertThat(line).matches("failed +1"))
                .anySatisfy(line -> assertThat(line).matches("run-1 +fabrikam +1 +2"));
    }

    @Test
    void without_once_the_screen_is_cleared_for_each_look_until_it_is_stopped() throws Exception {
        StringWriter out = new StringWriter();
        Thread top = new Thread(() -> Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(new StringWriter()))
                .execute("top", "--every", "1", "--config", config.toString()));
        top.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().split(java.util.regex.Pattern.quote(CLEAR), -1).length > 2);
        onLedger(ledger -> ledger.intake().accept(new NewRequest(key(7), ActionFacts.UNKNOWN, null)));

        await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().substring(out.toString().lastIndexOf(CLEAR)).lines()
                .anyMatch(line -> line.matches("contoso +1/100 +1/1500 +2 +1 +1 +0 .*")));
        top.interrupt();
        top.join(Duration.ofSeconds(30).toMillis());

        assertThat(top.isAlive()).isFalse();
        assertThat(out.toString()).startsWith(CLEAR);
    }

    @Test
    void a_period_below_a_second_is_refused() {
        CommandLineRun run = CommandLineRun.of("top", "--every", "0", "--config", config.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("--every must be at least 1");
    }

    private void onLedger(Consumer<Ledger> work) {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("data")))) {
            work.accept(new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))));
        }
    }
}
