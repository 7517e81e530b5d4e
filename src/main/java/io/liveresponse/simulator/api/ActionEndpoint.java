package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/machineactions/{id}}. */
public final class ActionEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/machineactions/([^/]+)");

    private final ApiGate gate;
    private final Actions actions;
    private final Supplier<URI> apiUrl;

    public ActionEndpoint(ApiGate gate, Actions actions, Supplier<URI> apiUrl) {
        this.gate = gate;
        this.actions = actions;
        this.apiUrl = apiUrl;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        String id = path.group(1);
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        ResultKey key = tenant == null ? null : new ResultKey(tenant, id, Actions.ACTION_ITSELF);
        return Optional.of(new Matched(EndpointKind.ACTION, tenant, key, id.toLowerCase(Locale.ROOT),
                gate.check(EndpointKind.ACTION, caller, SimulatorTenant.READ_WRITE),
                fault -> actions.look(tenant, id).map(this::found)
                        .orElseGet(() -> ErrorBodies.api(404, "ResourceNotFound", "Machine action " + id + " was not found."))));
    }

    private Reply found(MachineAction action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("@odata.context", apiUrl.get() + "/api/$metadata#MachineActions/$entity");
        json.setAll(ActionJson.of(action));
        return Reply.json(200, json);
    }
}
