package io.liveresponse.camel;

import io.liveresponse.settings.HttpSettings;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.Settings;
import io.liveresponse.settings.TenantSettings;
import io.liveresponse.settings.TlsSettings;
import io.liveresponse.worker.LedgerRuntime;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.util.function.Suppliers;

/**
 * Binds beans, and looks them up for each other. Each bean is made when it is first asked for, once a context, and only if
 * the host has none of that name itself.
 */
final class BeanBinding {

    private final CamelContext context;
    private final Registry registry;

    /** Null if the host brought a registry of a kind of its own. */
    private final FallbackBeans fallback;

    BeanBinding(CamelContext context) {
        this.context = context;
        this.registry = context.getRegistry();
        this.fallback = registry instanceof DefaultRegistry ours ? new FallbackBeans(ours) : null;
        if (fallback != null) {
            ((DefaultRegistry) registry).addBeanRepository(fallback);
        }
    }

    boolean hasLedger() {
        return settings().flag("live-response.worker.enabled");
    }

    LedgerRuntime ledger() {
        return get("liveResponseLedger", LedgerRuntime.class);
    }

    @SuppressWarnings("unchecked")
    <T> void bind(String name, Class<T> type, Supplier<T> factory) {
        if (fallback != null) {
            fallback.add(name, factory);
        } else if (registry.lookupByName(name) == null) {
            registry.bind(name, type, (Supplier<Object>) Suppliers.memorize(factory::get));
        }
    }

    <T> T get(String name, Class<T> type) {
        return registry.lookupByNameAndType(name, type);
    }

    Settings settings() {
        return get("liveResponseSettings", Settings.class);
    }

    HttpSettings http() {
        return HttpSettings.of(settings());
    }

    Clock clock() {
        return get("liveResponseClock", Clock.class);
    }

    Redactor redactor() {
        return get("liveResponseRedactor", Redactor.class);
    }

    Function<String, TenantSettings> tenants() {
        return settings()::tenant;
    }

    SSLContext tls() {
        return TlsSettings.context(context, settings());
    }

    CamelContext context() {
        return context;
    }
}
