package io.liveresponse.validate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * A route file that Camel could read.
 *
 * @param ids      of its routes and route configurations
 * @param isCalled whether each of its routes waits to be called by another, so that none begins anything by itself
 */
record RouteFile(Resource resource, List<String> ids, boolean isCalled) {

    /**
     * @param context to be thrown away afterwards: what a file declares beside routes is bound in it
     * @throws Exception what Camel throws for a file that it cannot read
     */
    static RouteFile parse(CamelContext context, Resource resource) throws Exception {
        List<String> ids = new ArrayList<>();
        boolean called = true;
        for (RoutesBuilder each : PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
            RouteBuilder builder = (RouteBuilder) each;
            builder.setCamelContext(context);
            if (builder instanceof RouteConfigurationBuilder configurations) {
                configurations.configuration();
                add(configurations.getRouteConfigurationCollection().getRouteConfigurations(), ids);
            }
            builder.configure();
            add(builder.getRouteCollection().getRoutes(), ids);
            called &= builder.getRouteCollection().getRoutes().stream().allMatch(RouteFile::isCalled);
        }
        return new RouteFile(resource, ids, called);
    }

    private static void add(Collection<? extends NamedNode> nodes, List<String> ids) {
        nodes.forEach(node -> ids.add(node.getId()));
    }

    private static boolean isCalled(RouteDefinition route) {
        return route.getInput() != null && route.getInput().getEndpointUri().startsWith("direct:");
    }
}
