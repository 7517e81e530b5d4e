package io.liveresponse.cli;

import io.liveresponse.deliver.NoDeliveries;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.worker.KeptResults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * The router of a directory of routes and the envelopes of its sinks, alone in a context of their own: the routes that send are
 * left out, and every endpoint but {@code direct:} discards what it is sent, so that nothing can be delivered. Not thread-safe.
 */
final class DryRun implements AutoCloseable {

    private static final String ROUTER = "direct:live-response-route-result";
    private static final String OURS = "direct:live-response-";

    private final OfflineContext router;
    private final ProducerTemplate producer;
    private final KeptResults kept;
    private final List<String> calls;

    private DryRun(OfflineContext router, OfflineContext service, List<String> calls) {
        this.router = router;
        this.calls = calls;
        this.producer = router.camel().createProducerTemplate();
        this.kept = new KeptResults(service.bean("liveResponseResults", ResultReader.class));
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
            List<String> calls = Collections.synchronizedList(new ArrayList<>());
            // the ledger of the service is not told of attempts that are none
            context.getRegistry().bind("liveResponseDeliveries", new NoDeliveries());
            context.getComponent("direct", DirectComponent.class).setBlock(false);
            context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> DryRunEndpoint.inPlaceOf(endpoint, calls::add));
            context.start();
            return new DryRun(router, service, calls);
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
        calls.clear();
        Exchange exchange = producer.request(ROUTER, asked -> asked.getMessage().setBody(result));
        if (exchange.getException() != null) {
            return DryRunLine.notJudged(result.key(), timeline,
                    "the router fails: " + TerminalText.line(FailureMessage.explain(exchange.getException())));
        }
        List<String> sent = called(DryRunEndpoint.SENDING);
        return new DryRunLine(result.key(), result.outcome(), result.exitCode(), DryRunLine.sinks(timeline),
                sent, called(DryRunEndpoint.ENVELOPE).stream().filter(sink -> !sent.contains(sink)).toList(), null);
    }

    /** What stands behind the prefix in the calls of the last result, sorted. */
    private List<String> called(String prefix) {
        return calls.stream().filter(uri -> uri.startsWith(prefix)).map(uri -> uri.substring(prefix.length())).distinct().sorted().toList();
    }

    /** The router, the envelopes, and the user's own routes that the router may call. */
    private static boolean isRouting(RouteDefinition route) {
        String from = from(route);
        return from.equals(ROUTER) || from.startsWith(DryRunEndpoint.ENVELOPE) || from.startsWith("direct:") && !from.startsWith(OURS);
    }

    private static String from(RouteDefinition route) {
        return DryRunEndpoint.address(route.getInput().getEndpointUri());
    }

    @Override
    public void close() {
        producer.stop();
        router.close();
    }
}
