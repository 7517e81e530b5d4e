package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class LedgerMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Pattern METRIC = Pattern.compile("live_response_\\w+");

    @TempDir
    Path directory;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FailureCounts failures = new FailureCounts();
    private LedgerDatabase database;
    private Ledger ledger;
    private LedgerSnapshot snapshot;

    @BeforeEach
    void bind() {
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
        ledger = new Ledger(database, Clock.fixed(NOW, ZoneOffset.UTC), Quota.of(Settings.of(Map.of())));
        Map<String, String> quotaKeys = Map.of("contoso", "contoso", "fabrikam", "fabrikam");
        snapshot = new LedgerSnapshot(ledger, new LedgerGuard(), quotaKeys);
        new LedgerMetrics(snapshot, failures, quotaKeys.keySet(), Clock.fixed(NOW.plusSeconds(90), ZoneOffset.UTC)).bindTo(registry);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tellStatesOutcomesRoomPausesAndWhatWaitsLongest() {
        ledger.intake().accept(List.of(request(), request(), request()).iterator());
        ResultKey fetched = ledger.queue().claim("node", Duration.ofMinutes(1), 1).get(0).key();
        ledger.quota().take(CallKind.LINK, "contoso", fetched);
        ledger.settlement().fetched(fetched, "node", new FetchedFacts(Outcome.FAILED, 3, "a.ps1", null, null, null, null, null));
        ledger.quota().pause("fabrikam", NOW.plusSeconds(600), "429");
        failures.add(FailureCode.BLOB_CUT_SHORT);
        refresh();

        assertThat(registry.scrape().lines()).contains(
                "live_response_requests{state=\"due\",tenant=\"contoso\"} 2.0",
                "live_response_requests{state=\"claimed\",tenant=\"contoso\"} 1.0",
                "live_response_requests{state=\"due\",tenant=\"fabrikam\"} 0.0",
                "live_response_results{outcome=\"failed\",tenant=\"contoso\"} 1.0",
                "live_response_overdue_seconds{tenant=\"contoso\"} 90.0",
                "live_response_overdue_seconds{tenant=\"fabrikam\"} 0.0",
                "live_response_link_room{tenant=\"contoso\"} 99.0",
                "live_response_paused{tenant=\"contoso\"} 0.0",
                "live_response_paused{tenant=\"fabrikam\"} 1.0",
                "live_response_failures_total{code=\"BLOB_CUT_SHORT\",stage=\"BLOB\"} 1.0",
                "live_response_failures_total{code=\"LINK_FORBIDDEN\",stage=\"LINK\"} 0.0");
    }

    @Test
    void areNoNumberWhileTheLedgerDoesNotAnswer() {
        refresh();
        database.close();
        refresh();

        assertThat(registry.scrape().lines()).contains("live_response_requests{state=\"due\",tenant=\"contoso\"} NaN",
                "live_response_link_room{tenant=\"contoso\"} NaN", "live_response_failures_total{code=\"UNEXPECTED\",stage=\"ROUTE\"} 0.0");
    }

    @Test
    void a_scrape_and_a_readiness_probe_ask_the_database_nothing() {
        ledger.intake().accept(request());
        ledger.quota().pause("contoso", NOW.plusSeconds(600), "TOKEN_REFUSED: change the secret");
        refresh();
        database.close();

        assertThat(registry.scrape().lines()).contains("live_response_requests{state=\"due\",tenant=\"contoso\"} 1.0",
                "live_response_paused{tenant=\"contoso\"} 1.0", "live_response_link_room{tenant=\"contoso\"} 100.0");
        assertThat(snapshot.refused()).contains("TOKEN_REFUSED: change the secret");
        assertThat(snapshot.isEachRefused()).isFalse();
    }

    private void refresh() {
        snapshot.refresh();
        snapshot.refreshCounts();
    }

    @Test
    void areAllThatTheDashboardAsksFor() throws Exception {
        List<String> known = METRIC.matcher(registry.scrape()).results().map(MatchResult::group).distinct().toList();
        List<String> asked = new ArrayList<>();
        for (JsonNode panel : new ObjectMapper().readTree(Path.of("config/dashboards/live-response.json").toFile()).path("panels")) {
            panel.path("targets")
                    .forEach(target -> METRIC.matcher(target.path("expr").asText()).results().map(MatchResult::group).forEach(asked::add));
        }

        assertThat(asked).hasSizeGreaterThan(5).isSubsetOf(known);
    }

    @Test
    void the_alert_rules_ask_for_metrics_that_exist_and_say_what_to_do() throws Exception {
        List<String> known = METRIC.matcher(registry.scrape()).results().map(MatchResult::group).distinct().toList();
        JsonNode rules = new YAMLMapper().readTree(Path.of("config/dashboards/live-response-alerts.yaml").toFile()).path("groups").path(0)
                .path("rules");

        assertThat(rules).hasSizeGreaterThan(4).allSatisfy(rule -> {
            List<String> asked = METRIC.matcher(rule.path("expr").asText()).results().map(MatchResult::group).toList();
            assertThat(asked).isNotEmpty().isSubsetOf(known);
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
        });
    }

    @Test
    void the_data_source_of_the_dashboard_is_a_variable() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(Path.of("config/dashboards/live-response.json").toFile());

        assertThat(dashboard.findValues("datasource")).isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
        assertThat(dashboard.path("templating").path("list")).extracting(variable -> variable.path("name").asText())
                .containsExactly("datasource");
    }

    private static NewRequest request() {
        return NewRequest.of(new ResultKey("contoso", UUID.randomUUID().toString(), 0));
    }
}
