package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.BundleRoutes;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RequestsCommandTest {

    private static final String TRANSCRIPT = "{\"script_name\":\"collect.ps1\",\"exit_code\":3,\"script_output\":\"x\",\"script_errors\":\"\"}";
    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final ResultKey DELIVERED = new ResultKey("contoso", ACTION, 0);
    private static final ResultKey DEAD = new ResultKey("contoso", ACTION, 1);
    private static final ResultKey NEVER_FETCHED = new ResultKey("contoso", ACTION, 2);
    private static final ResultKey NOT_KEPT = new ResultKey("contoso", ACTION, 3);
    private static final ActionFacts FACTS = new ActionFacts("RunScript", "collect.ps1", null, "id-1", "pc-1\u001b[2J\u202e", "maria", null,
            Instant.EPOCH);

    @TempDir
    private Path directory;
    private Path config;

    @BeforeEach
    void fillLedger() throws IOException {
        config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.credential", "azure-cli",
                "live-response.data-directory", directory.resolve("data").toString()));
        Path bytes = Files.writeString(directory.resolve("kept.blob"), TRANSCRIPT);
        change(ledger -> {
            for (ResultKey key : List.of(DELIVERED, DEAD, NEVER_FETCHED, NOT_KEPT)) {
                ledger.intake().accept(new NewRequest(key, FACTS, null));
            }
            ledger.queue().claim("node", Duration.ofMinutes(5), 10);
            for (ResultKey key : List.of(DELIVERED, DEAD)) {
                ledger.quota().take(CallKind.LINK, "contoso", key);
                ledger.settlement().fetched(key, "node", facts(bytes.toString()));
                ledger.settlement().delivered(key, "file", "results/" + key.commandIndex());
            }
            ledger.settlement().settleDelivered(DELIVERED, "node");
            ledger.settlement().dead(DEAD, "node",
                    RequestError.of(new LiveResponseException(FailureCode.DELIVERY_REFUSED, "the ticket system says no\u001b[2J")));
            ledger.settlement().dead(NEVER_FETCHED, "node",
                    RequestError.of(new LiveResponseException(FailureCode.LINK_FORBIDDEN, "no role")));
            ledger.settlement().fetched(NOT_KEPT, "node", facts(null));
            ledger.settlement().settleDelivered(NOT_KEPT, "node");
        });
    }

    @Test
    void aListIsNewestFirstAndFitsTheTerminal() {
        CommandLineRun run = run("list");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(run.lines().get(1)).contains("delivered", "failed", "3", NOT_KEPT.toString());
        assertThat(run.lines().get(3)).contains("dead", "DELIVERY_REFUSED", DEAD.toString());
        assertThat(run.lines().get(4)).endsWith(DELIVERED.toString());
    }

    @Test
    void status_counts_requests_and_link_calls_by_tenant() {
        CommandLineRun run = run("status");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).contains("contoso: 0 due, 0 claimed, 2 delivered, 2 dead", "  backlog: none")
                .anyMatch(line -> line.startsWith("  link calls: 2 of 100 in the last minute, 2 of 1500 in the last hour"));
    }

    @Test
    void an_action_alone_shows_each_of_its_requests() {
        assertThat(run("show", "--json", ACTION).lines()).hasSize(4);
        assertThat(run("show", ACTION).out()).contains(DELIVERED.toString(), DEAD.toString(), NEVER_FETCHED.toString(),
                NOT_KEPT.toString());
        assertThat(run("show", "00000000-0000-4000-8000-000000000000").exitCode()).isEqualTo(1);
    }

    @Test
    void verify_prints_one_json_object() throws Exception {
        JsonNode verified = new ObjectMapper().readTree(run("verify", "--json").out());

        assertThat(verified.path("intact").asBoolean()).isTrue();
        assertThat(verified.path("lines").asLong()).isZero();
        assertThat(verified.path("problems").isArray()).isTrue();
    }

    @Test
    void a_ledger_that_does_not_exist_yet_is_explained() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Path settings = CommandLineRun.config(other, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.credential", "azure-cli", "live-response.data-directory", other.resolve("data").toString()));

        CommandLineRun run = CommandLineRun.of("requests", "list", "--config", settings.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("there is no ledger in " + other.resolve("data") + " yet: the service creates it when it first starts");
    }

    @Test
    void aListIsReadPageByPageAndFiltered() throws Exception {
        List<String> seen = new ArrayList<>();
        String before = "9999";
        for (int page = 0; page < 4; page++) {
            List<String> lines = run("list", "--json", "--limit", "1", "--before", before).lines();
            JsonNode request = new ObjectMapper().readTree(lines.get(0));
            seen.add(request.path("commandIndex").asText());
            before = request.path("acceptedNo").asText();
            assertThat(lines).hasSize(1);
        }
        assertThat(seen).containsExactly("3", "2", "1", "0");
        assertThat(run("list", "--limit", "2").out()).contains("There are more: add --before ");
        assertThat(run("list", "--json", "--state", "dead").lines()).hasSize(2);
        assertThat(run("list", "--json", "--outcome", "failed", "--script", "COLLECT.ps1").lines()).hasSize(3)
                .allMatch(line -> line.toLowerCase(Locale.ROOT).contains("\"scriptname\":\"collect.ps1\""));
        assertThat(run("list", "--json", "--since", "1h").lines()).hasSize(4);
        assertThat(run("list", "--json", "--until", "1h").lines()).isEmpty();
        assertThat(run("list", "--json", "--tenant", "fabrikam").lines()).isEmpty();
        assertThat(run("list", "--tenant", "fabrikam").out()).contains("No such request");
        assertThat(run("list", "--outcome", "lost").exitCode()).isEqualTo(2);
        assertThat(run("list", "--since", "yesterday").exitCode()).isEqualTo(2);
    }

    @Test
    void theJsonOfARequestHasTheNamesThatTheResultHas() throws Exception {
        JsonNode request = new ObjectMapper().readTree(run("show", "--json", DEAD.toString()).out());

        assertThat(request.path("tenant").asText()).isEqualTo("contoso");
        assertThat(request.path("machineActionId").asText()).isEqualTo(ACTION);
        assertThat(request.path("deviceName").asText()).isEqualTo(FACTS.deviceName().replace('\u001b', ' '));
        assertThat(request.path("outcome").asText()).isEqualTo("failed");
        assertThat(request.path("exitCode").asInt()).isEqualTo(3);
        assertThat(request.path("errorCode").asText()).isEqualTo("DELIVERY_REFUSED");
        assertThat(request.path("deliveries").get(0).path("reference").asText()).isEqualTo("results/1");
        assertThat(request.path("events").findValuesAsText("kind"))
                .containsExactly("accepted", "claimed", "link-call", "fetched", "sink-delivered", "dead");
    }

    @Test
    void aTimelineShowsWhatHappenedAndObeysNothingInIt() {
        CommandLineRun run = run("show", DEAD.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("dead since", "DELIVERY_REFUSED", "link-call", "results/1", "exit code 3")
                .doesNotContain("\u001b", "\u202e");
        assertThat(run("show", "contoso/" + ACTION + "/99").exitCode()).isEqualTo(1);
        assertThat(run("show", "contoso/x/1").exitCode()).isEqualTo(2);
        assertThat(run("show", "nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void aReplaySaysForEachRequestWhatHappened() {
        CommandLineRun run = run("replay", DELIVERED.toString(), NEVER_FETCHED.toString(), NOT_KEPT.toString(), "contoso/" + ACTION + "/9");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("REROUTED        " + DELIVERED, "FETCH_AGAIN     " + NEVER_FETCHED, "BYTES_NOT_KEPT  " + NOT_KEPT,
                "UNKNOWN         contoso/" + ACTION + "/9");
        assertThat(state(DELIVERED)).isEqualTo(RequestState.DUE);
        assertThat(state(NOT_KEPT)).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void aRequestAtWorkIsBusyAndFetchForgetsWhatWasFetched() {
        change(ledger -> {
            ledger.intake().accept(new NewRequest(new ResultKey("contoso", ACTION, 7), FACTS, null));
            ledger.queue().claim("node", Duration.ofMinutes(5), 1);
        });
        assertThat(run("replay", "contoso/" + ACTION + "/7").out()).contains("BUSY");

        assertThat(run("replay", "--fetch", DELIVERED.toString()).out()).contains("FETCH_AGAIN");
        assertThat(onLedger(ledger -> ledger.archive().show(DELIVERED).orElseThrow()).request().fetched()).isNull();
    }

    @Test
    void an_error_and_a_time_bring_back_what_died_of_it_since_then_and_nothing_else() {
        assertThat(run("replay", "--error", "LINK_FORBIDDEN", "--since", "2100-01-01").lines()).containsExactly("0 due again");

        CommandLineRun run = run("replay", "--error", "link_forbidden", "--since", "1h");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).containsExactly("FETCH_AGAIN     " + NEVER_FETCHED, "1 due again");
        change(ledger -> {
            assertThat(ledger.archive().show(NEVER_FETCHED).orElseThrow().request().state()).isEqualTo(RequestState.DUE);
            assertThat(ledger.archive().show(DEAD).orElseThrow().request().state()).isEqualTo(RequestState.DEAD);
        });
    }

    @Test
    void aReplayByFilterNeedsAll() {
        assertThat(run("replay", "--state", "dead").exitCode()).isEqualTo(2);
        assertThat(run("replay").exitCode()).isEqualTo(2);
        assertThat(run("replay", "--all").exitCode()).isEqualTo(2);
        assertThat(state(DEAD)).isEqualTo(RequestState.DEAD);

        assertThat(run("replay", "--state", "dead", "--all").exitCode()).isZero();

        assertThat(state(DEAD)).isEqualTo(RequestState.DUE);
        assertThat(state(NEVER_FETCHED)).isEqualTo(RequestState.DUE);
        assertThat(state(DELIVERED)).isEqualTo(RequestState.DELIVERED);
    }

    @Test
    void a_dry_run_shows_where_the_edited_router_would_send_and_delivers_nothing() throws Exception {
        Files.writeString(config, "live-response.deliver.jms.destination=queue:results\nlive-response.deliver.jms.url=amqp://localhost:1\n",
                StandardOpenOption.APPEND);
        Path routes = routes("to: { uri: direct:live-response-to-ticket }", "to: { uri: direct:live-response-to-jms }\n"
                + "                        - to: { uri: file:" + directory.resolve("harm") + " }");

        CommandLineRun run = run("replay", "--dry-run", "--outcome", "failed", "--routes", routes.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("* ").contains("3 of 3 would go elsewhere").contains("Nothing was delivered");
        assertThat(run.lines())
                .anySatisfy(line -> assertThat(line).contains(DELIVERED.toString(), "failed (3)").containsPattern("file +file, jms"));
        assertThat(state(DELIVERED)).isEqualTo(RequestState.DELIVERED);
        assertThat(directory.resolve("harm")).doesNotExist();
        assertThat(directory.resolve("data/results")).doesNotExist();
    }

    @Test
    void a_dry_run_with_the_shipped_router_names_the_sinks_that_are_not_set_up() throws Exception {
        CommandLineRun run = run("replay", "--dry-run", DELIVERED.toString(), NEVER_FETCHED.toString(), "--routes",
                routes("", "").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("file  (not set up: rows, ticket)", "it was never fetched",
                "0 of 1 would go elsewhere (*), 1 could not be judged");
    }

    @Test
    void malformedSettingsAreSaidWithTheirLineAndEndWithTwo() throws IOException {
        Files.writeString(config, "live-response.quota.per-minute=lots\n");

        CommandLineRun run = run("list");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("application.properties:1: SETTING_MALFORMED live-response.quota.per-minute");
    }

    @Test
    void withoutALedgerTheCommandSaysWhere() throws IOException {
        config = CommandLineRun.config(directory, Map.of("live-response.tenants", "contoso",
                "live-response.tenant.contoso.credential", "azure-cli", "live-response.data-directory",
                directory.resolve("none").toString()));

        CommandLineRun run = run("list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(directory.resolve("none").toString());
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void verifyEndsWithOneWhereAFileWasAltered() throws Exception {
        Path results = Files.createDirectories(directory.resolve("data/results"));
        assertThat(run("verify").exitCode()).isZero();
        Files.writeString(results.resolve("results-2026-11-20.jsonl"), "{\"previous\":\"" + "1".repeat(64) + "\",\"files\":{}}\n");

        CommandLineRun run = run("verify");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("results-2026-11-20.jsonl:1: CHAIN_BROKEN ").contains("results.head: HEAD_MISSING ");
        assertThat(CommandLineRun.of("requests", "verify", "--directory", results.resolve("none").toString()).exitCode()).isEqualTo(2);
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(Stream.concat(Stream.concat(Stream.of("requests"), Stream.of(arguments)),
                Stream.of("--config", config.toString())).toArray(String[]::new));
    }

    /** The shipped routes with one edit in the router. */
    private Path routes(String from, String to) throws IOException {
        Path routes = BundleRoutes.copyTo(directory.resolve("routes"));
        Path router = routes.resolve("route-result.camel.yaml");
        Files.writeString(router, Files.readString(router).replace(from.isEmpty() ? "no such text" : from, to));
        return routes;
    }

    private RequestState state(ResultKey key) {
        return onLedger(ledger -> ledger.archive().show(key).orElseThrow().request().state());
    }

    private void change(Consumer<Ledger> work) {
        onLedger(ledger -> {
            work.accept(ledger);
            return true;
        });
    }

    private <T> T onLedger(Function<Ledger, T> work) {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("data")))) {
            return work.apply(new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))));
        }
    }

    private static FetchedFacts facts(String kept) {
        return new FetchedFacts(Outcome.FAILED, 3, "collect.ps1", DigestUtils.sha256Hex(TRANSCRIPT), 80L, kept, null, Instant.EPOCH);
    }
}
