package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.Faults;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioDevice.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The devices of all tenants. Thread-safe; may be changed while requests run, without effect on what was started. */
public final class Machines {

    private final Clock clock;
    private final Instant start;
    private final Faults faults;
    private final Map<String, Map<String, ScenarioDevice>> byTenant = new TreeMap<>();

    public Machines(Clock clock, Faults faults) {
        this.clock = clock;
        this.start = clock.instant();
        this.faults = faults;
    }

    /** Adds a device, or puts it in place of the one with its id; its faults are added. */
    public synchronized void put(ScenarioDevice device) {
        byTenant.computeIfAbsent(device.tenant(), name -> new TreeMap<>()).put(device.machineId(), device);
        device.faults().forEach(fault -> faults.on(fault.at()).tenant(device.tenant()).subject(device.machineId())
                .next(fault.times(), fault.fault()));
    }

    synchronized Optional<ScenarioDevice> find(String tenant, String machineId) {
        return Optional.ofNullable(byTenant.getOrDefault(tenant, Map.of()).get(machineId.toLowerCase(Locale.ROOT)));
    }

    /** By id, an order without meaning: the API promises none. */
    synchronized List<ObjectNode> list(String tenant) {
        return byTenant.getOrDefault(tenant, Map.of()).values().stream().map(this::json).toList();
    }

    ObjectNode json(ScenarioDevice device) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("id", device.machineId())
                .put("computerDnsName", device.computerDnsName())
                .put("firstSeen", ActionJson.time(start))
                .put("lastSeen", ActionJson.time(device.offline() ? start : clock.instant()))
                .put("osPlatform", device.osPlatform())
                .put("osProcessor", "x64")
                .put("onboardingStatus", "Onboarded")
                .put("healthStatus", device.offline() ? "Inactive" : "Active")
                .put("riskScore", "None")
                .put("exposureLevel", "Low");
        List<String> tags = new ArrayList<>(device.tags());
        if (device.refusal() == Refusal.RESTRICTED) {
            tags.add(ScenarioDevice.RESTRICTED_TAG);
        }
        ArrayNode shown = json.putArray("machineTags");
        tags.forEach(shown::add);
        return json;
    }
}
