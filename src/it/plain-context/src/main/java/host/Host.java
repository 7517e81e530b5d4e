package host;

import io.liveresponse.model.Result;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** A Camel context of the application's own, with the routes in it. */
public final class Host {

    private Host() {
    }

    /** The started context; the caller stops it. */
    public static CamelContext start(Properties settings) throws Exception {
        // tag::embed[]
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setInitialProperties(settings);
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:camel/**/*.camel.yaml"));
        camel.start();
        // end::embed[]
        return camel;
    }

    /** The outcome and, with it, everything that is known of the command. */
    public static Result fetch(CamelContext camel, String tenant, String machineActionId, int commandIndex) {
        // tag::fetch[]
        Map<String, Object> request = Map.of("tenant", tenant, "machineActionId", machineActionId, "commandIndex", commandIndex);
        Result result = camel.createFluentProducerTemplate().to("direct:live-response-fetch-result").withBody(request).request(Result.class);
        // end::fetch[]
        return result;
    }
}
