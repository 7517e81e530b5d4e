package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spans by camel-opentelemetry2, switched on as docs/tracing.md says. */
class TracingTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final ResultKey KEY = new ResultKey("contoso", ID, 0);

    @TempDir
    Path directory;

    @Test
    void one_trace_leads_from_the_request_over_a_retry_to_ticket_and_row_and_no_span_holds_a_query_or_a_bearer() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("rules")).resolve("status.yaml"),
                "script: status.ps1\nformat: json-lines\ncolumns: [{name: n, type: integer}]\n");
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
                Simulator simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"),
                        Scenario.of(Scenario.demo().tenants())))) {
            simulator.actions().put(ScenarioAction.of("contoso", ID,
                    ScenarioCommand.script("status.ps1", ScenarioBlob.transcript("status.ps1", 3, "{\"n\": 1}\n", "no\n"))));
            simulator.faults().on(EndpointKind.LINK).once(Fault.status(503));
            Map<String, String> settings = Map.of("live-response.rows.rules", directory.resolve("rules").toString(),
                    "live-response.action.look-up", "false", "camel.opentelemetry2.enabled", "true",
                    "camel.opentelemetry2.exclude-patterns", "seda:live-response-*,timer:live-response-*");
            try (RunningService service = new RunningService(simulator, directory, settings, main -> {
                main.bind("tracer", provider.get("live-response"));
                main.bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
            })) {
                service.context().createProducerTemplate().requestBody("direct:live-response-accept-request",
                        new Request("contoso", ID, 0, ActionFacts.UNKNOWN));
                service.awaitEnded(1);
                assertThat(service.sinks(KEY)).containsExactly("file", "rows", "ticket");
            }
            String trace = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(KEY.toString().getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 32);
            List<SpanData> all = spans.getFinishedSpanItems();
            List<String> endpoints = all.stream().filter(span -> span.getTraceId().equals(trace)).map(TracingTest::endpoint).toList();
            assertThat(endpoints).contains("direct://live-response-fetch-result", "direct://live-response-deliver-file",
                    "direct://live-response-deliver-ticket", "direct://live-response-deliver-rows",
                    "direct://live-response-call-blob-store");
            assertThat(endpoints.stream().filter("direct://live-response-work-on-request"::equals))
                    .as("sent and received, by the attempt that failed and by the one that did not").hasSize(4);

            assertThat(all).extracting(SpanData::toString).isNotEmpty()
                    .noneMatch(span -> span.contains("sig=") || span.contains("eyJ") || span.contains("Bearer")
                            || span.contains(Scenario.demo().tenants().get(0).clientSecret()));
            assertThat(all.stream().flatMap(span -> span.getAttributes().asMap().entrySet().stream())
                    .filter(attribute -> attribute.getKey().getKey().equals("http.url")).map(attribute -> attribute.getValue().toString()))
                    .hasSizeGreaterThanOrEqualTo(4).allMatch(url -> url.matches("https?://[^/?#@]+"));
        }
    }

    private static String endpoint(SpanData span) {
        return String.valueOf(span.getAttributes().asMap().entrySet().stream()
                .filter(attribute -> attribute.getKey().getKey().equals("camel.uri")).map(Map.Entry::getValue).findFirst().orElse(""));
    }
}
