package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionFacts(String commandType, @JsonIgnore String scriptName, String path, String deviceId, String deviceName,
                          String requestor, String comment, Instant createdAt) {

    public static final ActionFacts UNKNOWN = new ActionFacts(null, null, null, null, null, null, null, null);

    /** Whether nothing is known, as for a request by ids alone. */
    @JsonIgnore
    public boolean isUnknown() {
        return equals(UNKNOWN);
    }
}
