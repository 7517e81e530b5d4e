package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.simulator.store.SignedLinks;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/machineactions/{id}/GetLiveResponseResultDownloadLink(index=N)}. */
public final class LinkEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/machineactions/([^/]+)/GetLiveResponseResultDownloadLink\\(index=([^)]*)\\)");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private final ApiGate gate;
    private final Actions actions;
    private final SignedLinks links;
    private final Supplier<URI> apiUrl;

    public LinkEndpoint(ApiGate gate, Actions actions, SignedLinks links, Supplier<URI> apiUrl) {
        this.gate = gate;
        this.actions = actions;
        this.links = links;
        this.apiUrl = apiUrl;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        boolean wellFormed = INDEX.matcher(path.group(2)).matches();
        ResultKey key = tenant != null && wellFormed
                ? new ResultKey(tenant, path.group(1), Integer.parseInt(path.group(2)))
                : null;
        return Optional.of(new Matched(EndpointKind.LINK, tenant, key, gate.check(EndpointKind.LINK, caller, SimulatorTenant.READ_WRITE),
                fault -> key == null
                        ? ErrorBodies.api(400, "BadRequest", "The index is not a whole number from 0.")
                        : answer(key, fault)));
    }

    private Reply answer(ResultKey key, Fault fault) {
        Optional<MachineAction> seen = actions.look(key.tenant(), key.machineActionId());
        if (seen.isEmpty() || !seen.get().ended()) {
            return notFound("Live response result of action " + key.machineActionId() + " was not found.");
        }
        MachineAction action = seen.get();
        if (key.commandIndex() >= action.commands().size()) {
            return ErrorBodies.api(400, "InvalidInput", "The action has no command with index " + key.commandIndex() + ".");
        }
        if (!action.commands().get(key.commandIndex()).hasResult()) {
            return notFound("Command " + key.commandIndex() + " of action " + key.machineActionId() + " has no result.");
        }
        String link = fault.effect() == Fault.Effect.EXPIRED_LINK ? links.expiredLink(key) : links.link(key);
        return Reply.json(200, JsonNodeFactory.instance.objectNode()
                .put("@odata.context", apiUrl.get() + "/api/$metadata#Edm.String")
                .put("value", fault.link().apply(link)));
    }

    private static Reply notFound(String message) {
        return ErrorBodies.api(404, "ResourceNotFound", message);
    }
}
