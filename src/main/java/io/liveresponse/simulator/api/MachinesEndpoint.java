package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/machines} with {@code $filter} and pages, and {@code GET /api/machines/{id}}. */
public final class MachinesEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/machines(?:/([^/]+))?");
    private static final Set<String> TEXTS = Set.of("id", "computerDnsName", "osPlatform", "healthStatus", "onboardingStatus", "riskScore");
    private static final String READ_ALL = "Machine.Read.All";

    private final ApiGate gate;
    private final Machines machines;
    private final Supplier<URI> apiUrl;
    private final ODataList list;

    public MachinesEndpoint(ApiGate gate, Machines machines, Supplier<URI> apiUrl, int pageSize) {
        this.gate = gate;
        this.machines = machines;
        this.apiUrl = apiUrl;
        this.list = new ODataList(apiUrl, "/api/machines", "Machines",
                new ODataFilter.Fields(TEXTS, Set.of("lastSeen"), Set.of("machineTags")), pageSize);
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        String id = path.group(1);
        EndpointKind kind = id == null ? EndpointKind.MACHINES : EndpointKind.MACHINE;
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(kind, tenant, null, id, gate.check(kind, caller, READ_ALL, SimulatorTenant.READ_WRITE),
                fault -> id == null ? list.answer(request.params(), () -> machines.list(tenant)) : machine(tenant, id)));
    }

    private Reply machine(String tenant, String id) {
        return machines.find(tenant, id).map(device -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", apiUrl.get() + "/api/$metadata#Machines/$entity");
            json.setAll(machines.json(device));
            return Reply.json(200, json);
        }).orElseGet(() -> ErrorBodies.api(404, "ResourceNotFound", "Machine " + id + " was not found."));
    }
}
