package host;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Request;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** A Camel context of the application's own that keeps requests in a ledger and works on them. */
public final class Host {

    private Host() {
    }

    /** The started context; the caller stops it. */
    public static CamelContext start(Properties settings) throws Exception {
        // tag::start[]
        settings.put("live-response.worker.enabled", "true");
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setInitialProperties(settings);
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:camel/**/*.camel.yaml"));
        camel.start();
        // end::start[]
        return camel;
    }

    /** Returns once the request is committed. */
    public static void accept(CamelContext camel, String tenant, String machineActionId, int commandIndex) {
        // tag::accept[]
        Request request = new Request(tenant, machineActionId, commandIndex, ActionFacts.UNKNOWN);
        camel.createProducerTemplate().requestBody("direct:live-response-accept-request", request);
        // end::accept[]
    }
}
