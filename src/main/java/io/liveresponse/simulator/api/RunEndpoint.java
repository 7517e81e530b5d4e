package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /api/machines/{machineId}/runliveresponse}. */
public final class RunEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/machines/([^/]+)/runliveresponse", Pattern.CASE_INSENSITIVE);

    private final ApiGate gate;
    private final Machines machines;
    private final Runs runs;

    public RunEndpoint(ApiGate gate, Machines machines, Runs runs) {
        this.gate = gate;
        this.machines = machines;
        this.runs = runs;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        String machineId = path.group(1).toLowerCase(Locale.ROOT);
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(EndpointKind.RUN, tenant, null, machineId,
                gate.check(EndpointKind.RUN, caller, SimulatorTenant.LIVE_RESPONSE),
                fault -> answer(tenant, gate.clientOf(caller), machineId, request)));
    }

    private Reply answer(String tenant, String client, String machineId, Incoming request) {
        Optional<ScenarioDevice> device = machines.find(tenant, machineId);
        if (device.isEmpty()) {
            return machineId.matches("[0-9a-f]{40}")
                    ? ErrorBodies.api(404, "ResourceNotFound", "Machine " + machineId + " was not found.")
                    : ErrorBodies.api(400, "InvalidInput", "The machine id must have 40 hexadecimal digits.");
        }
        try {
            return runs.start(tenant, client, device.get(), RunRequest.parse(request.body().toString(), runs.refusedFields()));
        } catch (RunRequest.InvalidException e) {
            return ErrorBodies.api(400, "InvalidRequestBody", e.getMessage());
        }
    }
}
