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
        // Not yet: a host binds its own beans, or sets a registry of its own, after the context was made and before it starts.
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitializing(CamelContext starting) {
                new Beans(starting).bind();
            }
        });
    }
}
