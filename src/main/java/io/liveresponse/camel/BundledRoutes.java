package io.liveresponse.camel;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;

/** The routes of this jar for hosts that can only be given a class, as a Blueprint container. Not for contexts that read {@code camel/} themselves. */
public final class BundledRoutes extends RouteBuilder {

    /** Throws what Camel throws for a file that is not a route file. */
    @Override
    public void configure() throws Exception {
        PluginHelper.getRoutesLoader(getContext()).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(getContext()).findResources("classpath:camel/**/*.camel.yaml"));
    }
}
