package io.liveresponse.settings;

import java.util.HashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Ordered;
import org.apache.camel.spi.PropertiesSource;

/**
 * Gives each placeholder {@code {{live-response.x}}} its declared default, so that no route has to repeat one. Whatever
 * else knows the key wins, wherever it comes in Camel's order: to Camel a source stands before a host's initial
 * properties, before Spring's environment and before variables in fallback mode. So the context is asked first, with this
 * source keeping silent. Thread-safe.
 */
public final class LiveResponseDefaults implements PropertiesSource, Ordered, CamelContextAware {

    /** The keys for which the context is being asked; of this instance, since a host may run several contexts. */
    private final ThreadLocal<Set<String>> asked = ThreadLocal.withInitial(HashSet::new);

    private volatile CamelContext camelContext;

    @Override
    public String getName() {
        return "live-response-defaults";
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    /** Null if nothing is declared, and if something else in the context has the key. */
    @Override
    public String getProperty(String name) {
        return SettingCatalog.declarationOf(name)
                .map(Setting::defaultValue)
                .filter(defaultValue -> !isGivenElsewhere(name))
                .orElse(null);
    }

    private boolean isGivenElsewhere(String name) {
        if (camelContext == null) {
            return false;
        }
        if (!asked.get().add(name)) {
            return true;
        }
        try {
            return camelContext.getPropertiesComponent().parseUri("{{?" + name + "}}") != null;
        } catch (RuntimeException e) {
            // given, with a placeholder in it that fails; it fails when the value is needed, with Camel's own message
            return true;
        } finally {
            asked.get().remove(name);
            if (asked.get().isEmpty()) {
                asked.remove();
            }
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }
}
