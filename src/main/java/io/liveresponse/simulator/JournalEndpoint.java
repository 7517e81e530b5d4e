package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.api.Execution;
import io.liveresponse.simulator.api.Runs;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Journal;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The journal over HTTP, for a test or a person in another process. Holds no secret: neither headers nor queries are shown.
 *
 * <ul>
 * <li>{@code GET /journal?window=PT1M}: counts per kind and tenant, the fullest rolling window of each ({@code window} is
 * 1 minute if it is left out), run calls, actions and scripts per device, cancels per action, the most sessions at once.</li>
 * <li>{@code GET /journal/calls?kind=RUN&subject=…}: the calls in the order answered; both parameters may be left out.</li>
 * <li>{@code GET /journal/executions}: each command that began on a device.</li>
 * </ul>
 */
final class JournalEndpoint implements Endpoint {

    private final Journal journal;
    private final Runs runs;

    JournalEndpoint(Journal journal, Runs runs) {
        this.journal = journal;
        this.runs = runs;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!"GET".equals(request.method())) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case "/journal" -> open(() -> summary(request.params().get("window")));
            case "/journal/calls" -> open(() -> calls(request.params().get("kind"), request.params().get("subject")));
            case "/journal/executions" -> open(this::executions);
            default -> Optional.empty();
        };
    }

    private static Optional<Matched> open(Supplier<Reply> answer) {
        return Optional.of(Matched.open(EndpointKind.UNEXPECTED, null, null, answer));
    }

    private Reply summary(String windowText) {
        Duration window;
        try {
            window = windowText == null ? Duration.ofMinutes(1) : Duration.parse(windowText);
        } catch (DateTimeParseException e) {
            return ErrorBodies.api(400, "BadRequest", "window must be a duration such as PT1M");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode kinds = json.putObject("calls");
        List<Call> calls = journal.calls();
        TreeSet<String> tenants = new TreeSet<>(calls.stream().map(Call::tenant).filter(Objects::nonNull).toList());
        for (EndpointKind kind : EndpointKind.values()) {
            long count = journal.count(kind);
            if (count > 0) {
                ObjectNode one = kinds.putObject(kind.name()).put("count", count);
                ObjectNode statuses = one.putObject("byStatus");
                calls.stream().filter(call -> call.kind() == kind).map(Call::status).sorted()
                        .forEach(status -> statuses.put(Integer.toString(status), statuses.path(Integer.toString(status)).asLong() + 1));
                ObjectNode perTenant = one.putObject("byTenant");
                ObjectNode windows = one.putObject("maxInAnyWindow");
                tenants.stream().filter(tenant -> journal.count(kind, tenant) > 0).forEach(tenant -> {
                    perTenant.put(tenant, journal.count(kind, tenant));
                    windows.put(tenant, journal.maxInAnyWindow(kind, tenant, window));
                });
            }
        }
        json.put("answers429", journal.answers429()).put("bearerSeenAtBlobStore", journal.bearerSeenAtBlobStore())
                .put("unexpected", journal.unexpected().size());
        put(json, "runCallsPerDevice", journal.perSubject(EndpointKind.RUN));
        put(json, "actionsPerDevice", runs.actionsPerDevice());
        put(json, "scriptsPerDevice", runs.scriptsPerDevice());
        put(json, "cancelsPerAction", journal.perSubject(EndpointKind.CANCEL));
        put(json, "actionsPerStatus", runs.perStatus());
        ObjectNode sessions = json.putObject("maxSessions");
        tenants.forEach(tenant -> sessions.put(tenant, runs.maxSessions(tenant)));
        return Reply.json(200, json);
    }

    private static void put(ObjectNode json, String name, Map<String, Long> counts) {
        ObjectNode object = json.putObject(name);
        counts.forEach(object::put);
    }

    private Reply calls(String kind, String subject) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        journal.calls().stream().filter(call -> kind == null || call.kind().name().equalsIgnoreCase(kind))
                .filter(call -> subject == null || subject.equals(call.subject()))
                .forEach(
                        call -> all.addObject().put("host", call.host().name()).put("kind", call.kind().name()).put("tenant", call.tenant())
                                .put("key", call.key() == null ? null : call.key().toString()).put("subject", call.subject())
                                .put("method", call.method()).put("arrival", call.arrival().toString()).put("status", call.status())
                                .put("code", call.code()));
        return Reply.json(200, all);
    }

    private Reply executions() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Execution execution : runs.executions()) {
            all.addObject().put("tenant", execution.tenant()).put("machineId", execution.machineId()).put("actionId", execution.actionId())
                    .put("commandIndex", execution.commandIndex()).put("type", execution.type()).put("subject", execution.subject())
                    .put("start", execution.start().toString());
        }
        return Reply.json(200, all);
    }
}
