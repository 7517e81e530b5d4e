package io.liveresponse.simulator.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /api/machineactions/{id}/cancel}. */
public final class CancelEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/machineactions/([^/]+)/cancel", Pattern.CASE_INSENSITIVE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiGate gate;
    private final Actions actions;

    public CancelEndpoint(ApiGate gate, Actions actions) {
        this.gate = gate;
        this.actions = actions;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        String id = path.group(1).toLowerCase(Locale.ROOT);
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(EndpointKind.CANCEL, tenant, null, id,
                gate.check(EndpointKind.CANCEL, caller, SimulatorTenant.LIVE_RESPONSE),
                fault -> answer(tenant, gate.clientOf(caller), id, request)));
    }

    private Reply answer(String tenant, String client, String id, Incoming request) {
        String comment = comment(request);
        if (comment.isBlank()) {
            return ErrorBodies.api(400, "InvalidRequestBody", "The Comment field is required.");
        }
        Optional<Boolean> cancelled = actions.cancel(tenant, id, client, comment);
        if (cancelled.isEmpty()) {
            return ErrorBodies.api(404, "ResourceNotFound", "Machine action " + id + " was not found.");
        }
        return cancelled.get()
                ? Reply.json(200, ActionJson.of(actions.look(tenant, id).orElseThrow()))
                : ErrorBodies.api(400, "BadRequest", "Machine action " + id + " has ended and cannot be cancelled.");
    }

    private static String comment(Incoming request) {
        try {
            return JSON.readTree(request.body().toString()).path("Comment").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
