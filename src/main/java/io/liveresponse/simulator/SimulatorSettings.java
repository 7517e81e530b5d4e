package io.liveresponse.simulator;

import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings that point the product at a simulator. */
final class SimulatorSettings {

    private final SimulatorOptions options;

    SimulatorSettings(SimulatorOptions options) {
        this.options = options;
    }

    Map<String, String> of(Simulator simulator, Map<String, String> ticketSystem) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<SimulatorTenant> tenants = options.scenario().tenants();
        settings.put("live-response.tenants", String.join(",", tenants.stream().map(SimulatorTenant::name).toList()));
        for (SimulatorTenant tenant : tenants) {
            String prefix = "live-response.tenant." + tenant.name() + ".";
            settings.put(prefix + "tenant-id", tenant.tenantId());
            settings.put(prefix + "client-id", tenant.clientId());
            settings.put(prefix + "client-secret", tenant.clientSecret());
            settings.put(prefix + "authority-host", simulator.authorityHost().toString());
            settings.put(prefix + "api-url", simulator.apiUrl().toString());
            settings.put(prefix + "scope", tenant.scope());
        }
        settings.put("live-response.link.allowed-hosts", simulator.blobUrl().getAuthority());
        settings.put("live-response.link.allowed-schemes", simulator.blobUrl().getScheme());
        settings.put("live-response.tls.trust-store", simulator.trustStore().toString());
        settings.putAll(ticketSystem);
        if (options.mail()) {
            settings.put("live-response.deliver.email.host", simulator.mailHost());
            settings.put("live-response.deliver.email.port", Integer.toString(simulator.mailPort()));
            settings.put("live-response.deliver.email.security", "none");
            settings.put("live-response.deliver.email.from", "live-response@example.com");
            settings.put("live-response.deliver.email.to", "soc@example.com");
        }
        return settings;
    }
}
