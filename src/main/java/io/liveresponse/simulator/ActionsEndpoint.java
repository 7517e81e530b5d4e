package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code GET /api/machineactions} with {@code $filter}, {@code $top}, {@code $skip} and pages. */
final class ActionsEndpoint implements Endpoint {

    private static final Set<String> OPTIONS = Set.of("$filter", "$top", "$skip");
    private static final int MOST = 10_000;

    private final ApiGate gate;
    private final Actions actions;
    private final Supplier<URI> apiUrl;
    private final int pageSize;

    ActionsEndpoint(ApiGate gate, Actions actions, Supplier<URI> apiUrl, int pageSize) {
        this.gate = gate;
        this.actions = actions;
        this.apiUrl = apiUrl;
        this.pageSize = pageSize;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!request.decodedPath().equals("/api/machineactions") || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(EndpointKind.ACTIONS, tenant, null, gate.check(EndpointKind.ACTIONS, caller),
                fault -> answer(tenant, request.params())));
    }

    private Reply answer(String tenant, MultiMap params) {
        try {
            for (String option : params.names()) {
                if (!OPTIONS.contains(option)) {
                    throw new ActionFilter.UnsupportedException("The query option '" + option + "' is not supported.");
                }
            }
            String filter = params.get("$filter");
            int skip = number(params, "$skip", 0, Integer.MAX_VALUE);
            int top = number(params, "$top", MOST, MOST);
            Predicate<ObjectNode> wanted = filter == null ? action -> true : ActionFilter.parse(filter);
            return page(tenant, wanted, filter, skip, top, params.contains("$top"));
        } catch (ActionFilter.UnsupportedException e) {
            return ErrorBodies.api(400, "BadRequest", e.getMessage());
        }
    }

    private Reply page(String tenant, Predicate<ObjectNode> wanted, String filter, int skip, int top, boolean topGiven) {
        List<ObjectNode> found = actions.of(tenant).stream().map(stored -> ActionJson.of(stored, stored.stillRunning()))
                .filter(wanted).toList();
        int size = Math.min(top, pageSize);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", apiUrl.get() + "/api/$metadata#MachineActions");
        ArrayNode value = json.putArray("value");
        found.stream().skip(skip).limit(size).forEach(value::add);
        boolean more = found.size() - skip > size;
        if (more && (!topGiven || top > size)) {
            json.put("@odata.nextLink", nextLink(filter, skip + size, topGiven ? top - size : 0));
        }
        return Reply.json(200, json);
    }

    private String nextLink(String filter, int skip, int top) {
        return apiUrl.get() + "/api/machineactions?"
                + (filter == null ? "" : "$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20") + "&")
                + (top > 0 ? "$top=" + top + "&" : "") + "$skip=" + skip;
    }

    private static int number(MultiMap params, String name, int missing, int most) throws ActionFilter.UnsupportedException {
        String text = params.get(name);
        if (text == null) {
            return missing;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            throw new ActionFilter.UnsupportedException("The value of '" + name + "' must be a whole number from 0 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
