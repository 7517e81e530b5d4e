package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.BytesBody;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.MultipartForm;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code GET} and {@code POST /api/libraryfiles}, {@code DELETE /api/libraryfiles/{name}}. The upload takes the form of the
 * documentation's curl example.
 */
public final class LibraryEndpoint implements Endpoint {

    /** The largest file by API, in bytes. */
    static final int LARGEST = 20 << 20;

    private static final Pattern PATH = Pattern.compile("/api/libraryfiles(?:/([^/]+))?");

    private final ApiGate gate;
    private final LibraryFiles files;
    private final Supplier<URI> apiUrl;

    public LibraryEndpoint(ApiGate gate, LibraryFiles files, Supplier<URI> apiUrl) {
        this.gate = gate;
        this.files = files;
        this.apiUrl = apiUrl;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches()) {
            return Optional.empty();
        }
        String name = path.group(1);
        return switch (request.method() + (name == null ? "" : " name")) {
            case "GET" -> matched(EndpointKind.LIBRARY, request, null, this::list);
            case "POST" -> {
                Optional<MultipartForm> form = MultipartForm.of(request);
                yield matched(EndpointKind.LIBRARY_UPLOAD, request, form.map(MultipartForm::fileName).orElse(null),
                        caller -> upload(caller, form));
            }
            case "DELETE name" -> matched(EndpointKind.LIBRARY_DELETE, request, name, caller -> delete(caller.tenant(), name));
            default -> Optional.empty();
        };
    }

    private record Caller(String tenant, String client) {
    }

    private Optional<Matched> matched(EndpointKind kind, Incoming request, String subject, Function<Caller, Reply> answer) {
        Optional<JsonNode> caller = gate.caller(request);
        String tenant = gate.tenantOf(caller);
        return Optional.of(new Matched(kind, tenant, null, subject, gate.check(kind, caller, SimulatorTenant.LIBRARY_MANAGE),
                fault -> answer.apply(new Caller(tenant, gate.clientOf(caller)))));
    }

    private Reply list(Caller caller) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", apiUrl.get() + "/api/$metadata#LibraryFiles");
        ArrayNode value = json.putArray("value");
        files.list(caller.tenant()).forEach(value::add);
        return Reply.json(200, json);
    }

    private Reply upload(Caller caller, Optional<MultipartForm> sent) {
        if (sent.isEmpty() || sent.get().fileName() == null || sent.get().fileName().isBlank()) {
            return ErrorBodies.api(400, "InvalidRequestBody", "The body must be multipart/form-data with a part named file.");
        }
        MultipartForm form = sent.get();
        if (form.content().length > LARGEST) {
            return ErrorBodies.api(400, "InvalidInput", "The file is larger than 20 MB.");
        }
        boolean override = "true".equalsIgnoreCase(form.fields().get("OverrideIfExists"));
        if (!override && files.sha256(caller.tenant(), form.fileName()).isPresent()) {
            return ErrorBodies.api(400, "InvalidInput",
                    "The file " + form.fileName() + " already exists and OverrideIfExists is not true.");
        }
        boolean parameters = "true".equalsIgnoreCase(form.fields().get("HasParameters"));
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", apiUrl.get() + "/api/$metadata#LibraryFiles/$entity");
        json.setAll(files.store(
                new ScenarioLibraryFile(caller.tenant(), form.fileName(), new String(form.content(), StandardCharsets.UTF_8),
                        form.fields().get("Description"), parameters ? form.fields().getOrDefault("ParametersDescription", "") : null, 0,
                        null, null, null),
                form.content(), caller.client()));
        return Reply.json(200, json);
    }

    private Reply delete(String tenant, String name) {
        return files.delete(tenant, name)
                ? new Reply(204, Map.of(), BytesBody.EMPTY)
                : ErrorBodies.api(404, "ResourceNotFound", "The file " + name + " is not in the live response library.");
    }
}
