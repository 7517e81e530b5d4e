package io.liveresponse.simulator.http;

import io.liveresponse.model.ResultKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request as it reached the simulator. Immutable. It holds secrets (bearers, signed queries), so the text form leaves
 * out header values and the query.
 *
 * @param host    the server it reached
 * @param kind    what it was for
 * @param tenant  the tenant's name, or null if the request names none that is known
 * @param key     the result it was about, or null
 * @param subject what else it was about, or null: a machine id, an action id, a library file's name
 * @param method  the HTTP method
 * @param target  the target of the request line, byte for byte
 * @param headers names and values in the order received
 * @param arrival when it arrived, by the simulator's clock
 * @param status  the status answered; 0 if no answer was sent
 * @param code    the error code answered, or null
 */
public record Call(
        Host host, EndpointKind kind, String tenant, ResultKey key, String subject, String method, String target,
        List<Map.Entry<String, String>> headers, Instant arrival, int status, String code) {

    public Call {
        headers = List.copyOf(headers);
    }

    /** All values of a header, whatever the case of its name. */
    public List<String> header(String name) {
        return headers.stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).toList();
    }

    /** True if a header carries a credential of the API's kind, under whatever name. */
    public boolean carriesBearer() {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase("authorization")
                || header.getValue().regionMatches(true, 0, "Bearer ", 0, "Bearer ".length()));
    }

    @Override
    public String toString() {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query) + "?…";
        return kind + " " + method + " " + path + " (" + (key == null ? tenant : key) + ") " + status;
    }
}
