package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the API tells about the machine action and command behind a result. Every part may be null. All of it is remote text:
 * it is data, never evaluated.
 *
 * @param commandType {@code RunScript}, {@code GetFile} or {@code PutFile}
 * @param scriptName  the script as the request named it; not in JSON, since the result has its own
 * @param path        the file that a GetFile command names
 * @param deviceId    {@code machineId}
 * @param deviceName  {@code computerDnsName}
 * @param requestor   who started the action
 * @param comment     the requestor's comment
 * @param createdAt   when the action was started
 * @param commandErrors    {@code errors[]} of the command, or null if there are none
 * @param errorHResult     of the action, or null
 * @param troubleshootInfo of the action, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionFacts(String commandType, @JsonIgnore String scriptName, String path, String deviceId, String deviceName,
        String requestor, String comment, Instant createdAt,
        List<String> commandErrors, String errorHResult, String troubleshootInfo) {

    private static final ObjectMapper JSON = ResultJson.mapper();

    public static final ActionFacts UNKNOWN = new ActionFacts(null, null, null, null, null, null, null, null);

    public ActionFacts {
        commandErrors = commandErrors == null || commandErrors.isEmpty() ? null : List.copyOf(commandErrors);
    }

    /** Facts without a failure. */
    public ActionFacts(String commandType, String scriptName, String path, String deviceId, String deviceName,
            String requestor, String comment, Instant createdAt) {
        this(commandType, scriptName, path, deviceId, deviceName, requestor, comment, createdAt, null, null, null);
    }

    /** What the API says went wrong, in one text; empty if it says nothing. */
    public Optional<String> failure() {
        Stream<String> errors = commandErrors == null ? Stream.empty() : commandErrors.stream();
        return Stream.concat(errors, Stream.of(errorHResult, troubleshootInfo).filter(Objects::nonNull))
                .reduce((one, other) -> one + "; " + other);
    }

    /** What {@link #failure} is made of, as one JSON object; null if the API says nothing. */
    public String failureJson() {
        if (failure().isEmpty()) {
            return null;
        }
        ActionFacts alone = new ActionFacts(null, null, null, null, null, null, null, null, commandErrors, errorHResult, troubleshootInfo);
        try {
            return JSON.writeValueAsString(alone);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always JSON", e);
        }
    }

    /**
     * These facts with the failure of a {@link #failureJson}.
     *
     * @param json or null for none
     * @throws IllegalArgumentException if it is no such text
     */
    public ActionFacts withFailure(String json) {
        if (json == null) {
            return this;
        }
        try {
            ActionFacts alone = JSON.readValue(json, ActionFacts.class);
            return new ActionFacts(commandType, scriptName, path, deviceId, deviceName, requestor, comment, createdAt, alone.commandErrors,
                    alone.errorHResult, alone.troubleshootInfo);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no failure of an action", e);
        }
    }

    /** Whether nothing is known, as of a request that came with ids alone. */
    @JsonIgnore
    public boolean isUnknown() {
        return equals(UNKNOWN);
    }
}
