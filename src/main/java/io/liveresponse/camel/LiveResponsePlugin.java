package io.liveresponse.camel;

import io.liveresponse.settings.LiveResponseDefaults;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes the routes loadable in any Camel context that finds this jar: their placeholders get their declared defaults, and
 * the beans that they name are there. Camel calls it through {@link java.util.ServiceLoader}.
 */
public final class LiveResponsePlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        Installation installation = new Installation();
        installation.in(context);
        context.addLifecycleStrategy(installation);
    }

    /** Looks again before the routes are made: Spring Boot gives a context that is there already other placeholders and another registry. */
    private static final class Installation extends LifecycleStrategySupport {

        private PropertiesComponent properties;
        private Registry registry;

        void in(CamelContext context) {
            if (properties != context.getPropertiesComponent()) {
                properties = context.getPropertiesComponent();
                properties.addPropertiesSource(new LiveResponseDefaults());
            }
            if (registry != context.getRegistry()) {
                registry = context.getRegistry();
                Beans.bind(context);
            }
        }

        @Override
        public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
            in(context);
        }
    }
}
