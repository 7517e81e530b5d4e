package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.model.ResultKey;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/machineactions/{id}/GetLiveResponseResultDownloadLink(index=N)}. */
final class LinkEndpoint implements Endpoint {

    private static final Pattern PATH =
            Pattern.compile("/api/machineactions/([^/]+)/GetLiveResponseResultDownloadLink\\(index=([^)]*)\\)");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");

    private final ApiGate gate;
    private final Actions actions;
    private final SignedLinks links;
    private final Supplier<URI> apiUrl;

    LinkEndpoint(ApiGate gate, Actions actions, SignedLinks links, Supplier<URI> apiUrl) {
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
        return Optional.of(new Matched(EndpointKind.LINK, tenant, key, gate.check(EndpointKind.LINK, caller),
                fault -> key == null
                        ? ErrorBodies.api(400, "BadRequest", "The index is not a whole number from 0.")
                        : answer(key, fault)));
    }

    private Reply answer(ResultKey key, Fault fault) {
        Optional<Actions.Stored> stored = actions.find(key.tenant(), key.machineActionId());
        if (stored.isEmpty() || stored.get().stillRunning()) {
            return notFound("Live response result of action " + key.machineActionId() + " was not found.");
        }
        ScenarioAction action = stored.get().action();
        if (key.commandIndex() >= action.commands().size()) {
            return ErrorBodies.api(400, "InvalidInput", "The action has no command with index " + key.commandIndex() + ".");
        }
        if (action.commands().get(key.commandIndex()).blob() == null) {
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
