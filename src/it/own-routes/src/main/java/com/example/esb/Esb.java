package com.example.esb;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** An application with a context, components and error handling of its own. */
public final class Esb {

    private Esb() {
    }

    /** Its context as it was before; not started. */
    public static CamelContext ofItsOwn() throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setErrorHandlerFactory(new DeadLetterChannelBuilder("mock:dead-letters"));
        camel.setStreamCaching(false);
        camel.setAllowUseOriginalMessage(true);
        camel.getGlobalOptions().put("com.example.esb", "own");
        camel.addComponent("https", https());
        camel.addRoutes(new OrderRoutes());
        return camel;
    }

    private static HttpComponent https() {
        HttpComponent https = new HttpComponent();
        https.setConnectTimeout(1);
        https.setResponseTimeout(1);
        https.setConnectionsPerRoute(1);
        https.setFollowRedirects(true);
        return https;
    }

    /** Adds the routes of the bundle. */
    public static CamelContext withLiveResponse(CamelContext camel, Properties settings) throws Exception {
        camel.getPropertiesComponent().setInitialProperties(settings);
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:camel/**/*.camel.yaml"));
        return camel;
    }
}
