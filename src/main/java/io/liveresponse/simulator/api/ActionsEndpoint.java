package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** {@code GET /api/machineactions} with {@code $filter}, {@code $top}, {@code $skip} and pages. */
public final class ActionsEndpoint implements Endpoint {

    private static final String PATH = "/api/machineactions";
    private static final Set<String> TEXTS = Set.of("id", "status", "machineId", "type", "requestor");

    private final ApiGate gate;
    private final Actions actions;
    private final ODataList list;

    /** @param refusedFilters fields that cannot be filtered by, against the documentation */
    public ActionsEndpoint(ApiGate gate, Actions actions, Supplier<URI> apiUrl, int pageSize, List<String> refusedFilters) {
        this.gate = gate;
        this.actions = actions;
        Set<String> texts = new TreeSet<>(TEXTS);
        refusedFilters.forEach(texts::remove);
        this.list = new ODataList(apiUrl, PATH, "MachineActions",
                new ODataFilter.Fields(texts, Set.of("creationDateTimeUtc"), Set.of()), pageSize);
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!request.decodedPath().equals(PATH) || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(EndpointKind.ACTIONS, tenant, null,
                gate.check(EndpointKind.ACTIONS, caller, SimulatorTenant.READ_WRITE),
                fault -> list.answer(request.params(), () -> actions.look(tenant).stream().map(ActionJson::of).toList())));
    }
}
