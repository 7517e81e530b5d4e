package io.liveresponse.simulator.scenario;

import io.liveresponse.simulator.http.EndpointKind;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One command of an action; its index is its place in the action's list.
 *
 * @param type   {@code RunScript}, {@code GetFile} or {@code PutFile}
 * @param params the parameters in order, e.g. {@code ScriptName}; null for none
 * @param status {@code Completed}, {@code Failed} or {@code Created}; null for {@code Completed}
 * @param errors what the API lists as the command's errors; null for none
 * @param blob   the result, or null if there is none
 * @param faults what goes wrong at first; null for nothing
 * @param expect what the product is to make of it, or null if nothing is asked of it
 */
public record ScenarioCommand(
        String type, Map<String, String> params, String status, List<String> errors, ScenarioBlob blob,
        List<ScenarioFault> faults, Expectation expect) {

    private static final Set<EndpointKind> PLACES = EnumSet.of(EndpointKind.LINK, EndpointKind.BLOB, EndpointKind.ACTION,
            EndpointKind.TICKET);

    public ScenarioCommand {
        params = params == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(params));
        status = status == null ? "Completed" : status;
        errors = errors == null ? List.of() : List.copyOf(errors);
        faults = ScenarioFault.at(PLACES, faults);
    }

    public static ScenarioCommand script(String name, ScenarioBlob blob) {
        return new ScenarioCommand("RunScript", Map.of("ScriptName", name), null, null, blob, null, null);
    }

    public static ScenarioCommand getFile(String path, ScenarioBlob blob) {
        return new ScenarioCommand("GetFile", Map.of("Path", path), null, null, blob, null, null);
    }

    public static ScenarioCommand putFile(String name) {
        return new ScenarioCommand("PutFile", Map.of("FileName", name), null, null, null, null, null);
    }

    public ScenarioCommand withStatus(String other) {
        return new ScenarioCommand(type, params, other, errors, blob, faults, expect);
    }
}
