package io.liveresponse.cli;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.worker.KeptResults;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * The router of a directory of routes, alone in a context of its own: whatever else these routes would do is left out, and
 * every endpoint but {@code direct:} is deaf, so that nothing can be delivered.
 */
final class DryRun implements AutoCloseable {

    private static final String ROUTER = "direct:live-response-route-result";
    private static final String OURS = "direct:live-response-";
    private static final String SINKS = "liveResponseSinks";

    private final OfflineContext router;
    private final ProducerTemplate producer;
    private final KeptResults kept;
    private final Settings settings;

    private DryRun(OfflineContext router, OfflineContext service) {
        this.router = router;
        this.producer = router.camel().createProducerTemplate();
        this.kept = new KeptResults(service.bean("liveResponseResults", ResultReader.class));
        this.settings = service.settings();
    }

    /** @param routes the include pattern of the edited routes */
    static DryRun start(Path config, String routes, OfflineContext service) throws Exception {
        OfflineContext router = OfflineContext.with(config, routes);
        try {
            CamelContext context = router.camel();
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            List<RouteDefinition> others = model.getRouteDefinitions().stream().filter(route -> !isRouting(route)).toList();
            model.removeRouteDefinitions(others);
            if (model.getRouteDefinitions().stream().noneMatch(route -> ROUTER.equals(from(route)))) {
                throw new IllegalStateException("none of the routes starts at " + ROUTER + "; see --routes");
            }
            context.getCamelContextExtension().registerEndpointCallback(DiscardingEndpoint::inPlaceOf);
            context.start();
            return new DryRun(router, service);
        } catch (Exception e) {
            router.close();
            throw e;
        }
    }

    DryRunLine judge(ResultKey key, Optional<Timeline> found) {
        if (found.isEmpty()) {
            return DryRunLine.notJudged(key, null, "the ledger has no such request");
        }
        Timeline timeline = found.get();
        RequestRecord record = timeline.request();
        if (key.wholeAction()) {
            return DryRunLine.notJudged(key, timeline, "it stands for a whole action, whose results are requests of their own");
        }
        if (record.fetched() == null) {
            return DryRunLine.notJudged(key, timeline, "it was never fetched");
        }
        if (!KeptResults.isHere(record)) {
            return DryRunLine.notJudged(key, timeline, "its bytes are not on this machine");
        }
        try {
            Request request = Request.of(key.tenant(), key.machineActionId(), key.commandIndex(), record.action());
            return routed(kept.read(record, request), timeline);
        } catch (LiveResponseException e) {
            return DryRunLine.notJudged(key, timeline, TerminalText.line(e.getMessage()));
        }
    }

    private DryRunLine routed(Result result, Timeline timeline) {
        Exchange exchange = producer.request(ROUTER, asked -> asked.getMessage().setBody(result));
        if (exchange.getException() != null) {
            return DryRunLine.notJudged(result.key(), timeline, "the router fails: " + TerminalText.line(FailureMessage.explain(exchange.getException())));
        }
        String named = exchange.getVariable(SINKS, "", String.class);
        List<String> sinks = Stream.of(named.split(",")).map(String::strip).filter(sink -> !sink.isEmpty()).distinct().sorted().toList();
        return new DryRunLine(result.key(), result.outcome(), result.exitCode(), DryRunLine.sinks(timeline),
                sinks.stream().filter(this::isOn).toList(), sinks.stream().filter(sink -> !isOn(sink)).toList(), null);
    }

    private boolean isOn(String sink) {
        return switch (sink) {
            case "email" -> settings.find("live-response.deliver.email.host").isPresent();
            case "ticket" -> !settings.text("live-response.deliver.ticket.kind").equals("none");
            default -> true;
        };
    }

    /** The router and the user's own routes that it may call. */
    private static boolean isRouting(RouteDefinition route) {
        String from = from(route);
        return from.equals(ROUTER) || from.startsWith("direct:") && !from.startsWith(OURS);
    }

    private static String from(RouteDefinition route) {
        return route.getInput().getEndpointUri().replaceFirst("^direct://", "direct:").replaceFirst("\\?.*", "");
    }

    @Override
    public void close() {
        producer.stop();
        router.close();
    }
}
