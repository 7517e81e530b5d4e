package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What the API says of the machine action and command behind a result. Every part may be null. All of it is remote text:
 * it is shown, never obeyed.
 *
 * @param commandType {@code RunScript}, {@code GetFile} or {@code PutFile}
 * @param scriptName  the script as the request named it; not in JSON, where the result has its own beside it
 * @param path        the file that a GetFile asked for
 * @param deviceId    {@code machineId}
 * @param deviceName  {@code computerDnsName}
 * @param requestor   who started the action
 * @param comment     what they wrote
 * @param createdAt   when they started it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionFacts(String commandType, @JsonIgnore String scriptName, String path, String deviceId, String deviceName,
                          String requestor, String comment, Instant createdAt) {

    public static final ActionFacts UNKNOWN = new ActionFacts(null, null, null, null, null, null, null, null);

    /** Whether nothing is known, as of a request that came with ids alone. */
    @JsonIgnore
    public boolean isUnknown() {
        return equals(UNKNOWN);
    }
}
