package io.liveresponse.page;

import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.FlowEdge;
import io.liveresponse.page.View.FlowRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.ExchangeHelper;

/**
 * The routes of a running context and who calls whom. The counts of routes are those that JMX keeps, 0 without it; calls between
 * routes are counted here. Thread-safe.
 */
final class RunningFlow extends EventNotifierSupport {

    private static final Set<String> NO_FOLDER = Set.of("routes", "camel");
    /** How the ids of the sinks' envelopes begin. */
    private static final String SINK = "to-";

    /** A route's id and the endpoint that it calls. */
    private record Call(String from, String to) {
    }

    private final CamelContext context;
    private final Map<Call, LongAdder> calls = new ConcurrentHashMap<>();

    private RunningFlow(CamelContext context) {
        this.context = context;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
    }

    /** Counts the calls from now on, until the context stops. */
    static RunningFlow watch(CamelContext context) {
        RunningFlow flow = new RunningFlow(context);
        context.getManagementStrategy().addEventNotifier(flow);
        flow.start();
        return flow;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSendingEvent sending) {
            String from = ExchangeHelper.getRouteId(sending.getExchange());
            if (from != null) {
                calls.computeIfAbsent(new Call(from, address(sending.getEndpoint())), call -> new LongAdder()).increment();
            }
        }
    }

    Flow read() {
        List<RouteDefinition> definitions = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        ManagedCamelContext management = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        Map<String, String> consumers = new HashMap<>();
        Map<String, FlowRoute> routes = new LinkedHashMap<>();
        for (RouteDefinition definition : definitions) {
            String id = definition.getRouteId();
            Route running = context.getRoute(id);
            consumers.put(running == null ? address(definition.getInput().getEndpointUri()) : address(running.getEndpoint()), id);
            ManagedRouteMBean bean = management == null ? null : management.getManagedRoute(id);
            routes.put(id, new FlowRoute(id, folder(definition),
                    definition.getDescriptionText() == null ? id : definition.getDescriptionText(), count(bean, false), count(bean, true)));
        }
        List<FlowEdge> edges = new ArrayList<>();
        for (RouteDefinition definition : definitions) {
            Set<String> addresses = new TreeSet<>();
            for (SendDefinition<?> send : ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), SendDefinition.class)) {
                addresses.add(address(send.getEndpointUri()));
            }
            calls.keySet().stream().filter(call -> call.from().equals(definition.getRouteId())).forEach(call -> addresses.add(call.to()));
            addresses.stream().filter(consumers::containsKey).forEach(address -> edges.add(new FlowEdge(definition.getRouteId(),
                    consumers.get(address), calls.getOrDefault(new Call(definition.getRouteId(), address), new LongAdder()).sum())));
        }
        return new Flow(List.copyOf(routes.values()), edges);
    }

    private static long count(ManagedRouteMBean bean, boolean failed) {
        try {
            return bean == null ? 0 : failed ? bean.getExchangesFailed() : bean.getExchangesTotal();
        } catch (Exception e) {
            return 0;
        }
    }

    private static String address(Endpoint endpoint) {
        return address(endpoint.getEndpointUri());
    }

    private static String address(String uri) {
        String plain = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        return plain.replace("://", ":");
    }

    private static String folder(RouteDefinition definition) {
        if (definition.getRouteId().startsWith(SINK)) {
            return "deliver";
        }
        if (definition.getResource() == null) {
            return "";
        }
        Path parent = Path.of(definition.getResource().getLocation().replaceFirst("^\\w+:", "")).getParent();
        String name = parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
        return NO_FOLDER.contains(name) ? "" : name;
    }
}
