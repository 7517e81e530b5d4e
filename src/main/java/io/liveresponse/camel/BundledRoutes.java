package io.liveresponse.camel;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;

/** The routes of this jar for hosts that can only be given a class, as a Blueprint container. Not for contexts that read {@code camel/} themselves. */
public final class BundledRoutes implements RoutesBuilder {

    private static final String PATTERN = "classpath:camel/*.camel.yaml";

    /** Throws what Camel throws for a file that is no route file. */
    @Override
    public void addRoutesToCamelContext(CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(PluginHelper.getPackageScanResourceResolver(context).findResources(PATTERN));
    }

    /** Routes of the same ids are replaced; gives the ids. */
    @Override
    public Set<String> updateRoutesToCamelContext(CamelContext context) throws Exception {
        return PluginHelper.getRoutesLoader(context).updateRoutes(PluginHelper.getPackageScanResourceResolver(context).findResources(PATTERN));
    }
}
