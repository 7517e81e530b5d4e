package io.liveresponse.page;

import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.FlowEdge;
import io.liveresponse.page.View.FlowRoute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;

/** The routes of a running context and who calls whom. Counts are those that JMX keeps for each route; without it they are 0. */
final class RunningFlow {

    private static final Set<String> NO_FOLDER = Set.of("routes", "camel");

    /** How the ids of the sinks' envelopes begin. */
    private static final String SINK = "to-";

    private RunningFlow() {
    }

    static Flow of(CamelContext context) {
        Collection<RouteDefinition> definitions = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
        ManagedCamelContext management = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        Map<String, String> consumers = new HashMap<>();
        Map<String, FlowRoute> routes = new LinkedHashMap<>();
        for (RouteDefinition definition : definitions) {
            String id = definition.getRouteId();
            Route running = context.getRoute(id);
            consumers.put(address(running == null ? definition.getInput().getEndpointUri() : running.getEndpoint().getEndpointUri()), id);
            ManagedRouteMBean bean = management == null ? null : management.getManagedRoute(id);
            routes.put(id,
                    new FlowRoute(id, folder(definition), definition.getDescriptionText() == null ? id : definition.getDescriptionText(),
                            count(bean, false), count(bean, true)));
        }
        Map<String, Set<String>> callers = new LinkedHashMap<>();
        for (RouteDefinition definition : definitions) {
            for (SendDefinition<?> send : ProcessorDefinitionHelper.filterTypeInOutputs(definition.getOutputs(), SendDefinition.class)) {
                String called = consumers.get(address(send.getEndpointUri()));
                if (called != null) {
                    callers.computeIfAbsent(called, id -> new HashSet<>()).add(definition.getRouteId());
                }
            }
        }
        List<FlowEdge> edges = new ArrayList<>();
        callers.forEach((called, by) -> by.stream().sorted()
                .forEach(caller -> edges.add(new FlowEdge(caller, called, by.size() == 1 ? routes.get(called).entered() : -1))));
        return new Flow(List.copyOf(routes.values()), edges);
    }

    private static long count(ManagedRouteMBean bean, boolean failed) {
        try {
            return bean == null ? 0 : failed ? bean.getExchangesFailed() : bean.getExchangesTotal();
        } catch (Exception e) {
            return 0;
        }
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
