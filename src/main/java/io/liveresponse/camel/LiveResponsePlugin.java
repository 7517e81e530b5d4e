package io.liveresponse.camel;

import io.liveresponse.settings.LiveResponseDefaults;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Makes the routes loadable in any Camel context that finds this jar: their placeholders get their declared defaults, and
 * the beans that they name are there. Camel calls it through {@link java.util.ServiceLoader}.
 */
public final class LiveResponsePlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        context.getPropertiesComponent().addPropertiesSource(new LiveResponseDefaults());
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitializing(CamelContext starting) {
                // Not before: Camel loads this plugin when a context is made, ahead of anything that a host can bind.
                new Beans(starting).bind();
            }
        });
    }
}
