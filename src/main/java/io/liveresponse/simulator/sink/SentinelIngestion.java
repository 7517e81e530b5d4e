package io.liveresponse.simulator.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.simulator.http.BytesBody;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.signin.AccessTokens;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azure Monitor's Logs Ingestion API, which fills Microsoft Sentinel's tables:
 * {@code POST /dataCollectionRules/{rule}/streams/{stream}?api-version=2023-01-01} with an array of rows, at most 1 MB, and
 * a bearer for {@code https://monitor.azure.com} from the simulated sign-in service. A row's id is {@code rowId}. It takes
 * the same row as often as it is sent. Thread-safe.
 */
public final class SentinelIngestion implements Endpoint {

    /** The largest body in bytes. */
    static final int LARGEST = 1 << 20;
    /** What tokens must be for. */
    static final String AUDIENCE = "https://monitor.azure.com";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/dataCollectionRules/([^/]+)/streams/([^/]+)");

    private final ReceivedRows received = new ReceivedRows();
    private final AccessTokens tokens;

    public SentinelIngestion(AccessTokens tokens) {
        this.tokens = tokens;
    }

    public ReceivedRows received() {
        return received;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.decodedPath());
        if (!path.matches() || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        return Optional.of(new Matched(EndpointKind.SENTINEL, null, null, path.group(2),
                () -> admits(request)
                        ? Optional.empty()
                        : Optional.of(
                                ErrorBodies.api(401, "InvalidToken", "The token is missing, not valid, expired or for another audience.")),
                fault -> take(request)));
    }

    private boolean admits(Incoming request) {
        String given = request.headers().get("Authorization");
        return given != null && given.startsWith("Bearer ") && tokens.claims(given.substring("Bearer ".length()))
                .filter(tokens::good).filter(claims -> claims.path("aud").asText().replaceFirst("/$", "").equals(AUDIENCE)).isPresent();
    }

    private Reply take(Incoming request) {
        if (!request.params().contains("api-version")) {
            return ErrorBodies.api(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
        }
        if (request.body().length() > LARGEST) {
            return ErrorBodies.api(413, "ContentLengthLimitExceeded", "Maximum allowed content length: " + LARGEST + " bytes.");
        }
        JsonNode rows;
        try {
            rows = JSON.readTree(request.body().toString());
        } catch (JsonProcessingException e) {
            return ErrorBodies.api(400, "InvalidPayload", "The body is not valid JSON.");
        }
        if (rows == null || !rows.isArray()) {
            return ErrorBodies.api(400, "InvalidPayload", "The body must be an array of objects.");
        }
        rows.forEach(row -> received.add(row.path(ReceivedRows.ID).asText(), row));
        return new Reply(204, Map.of(), BytesBody.EMPTY);
    }
}
