package io.liveresponse.simulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Error answers in the form of the service that is played. */
public final class ErrorBodies {

    private ErrorBodies() {
    }

    /** The API's form; {@code target} is a fresh correlation id. */
    public static Reply api(int status, String code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message).put("target", UUID.randomUUID().toString());
        return Reply.json(status, json).coded(code);
    }

    /** Entra's form. */
    public static Reply entra(int status, String error, int number, String message) {
        String now = Instant.now().toString();
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("error", error)
                .put("error_description", "AADSTS" + number + ": " + message + " Trace ID: " + trace
                        + " Correlation ID: " + correlation + " Timestamp: " + now)
                .put("timestamp", now).put("trace_id", trace).put("correlation_id", correlation);
        json.putArray("error_codes").add(number);
        return Reply.json(status, json);
    }

    /** Azure Storage's form. */
    public static Reply storage(int status, String code, String message) {
        return Reply.xml(status, "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "\nRequestId:" + UUID.randomUUID() + "\nTime:" + Instant.now() + "</Message></Error>");
    }

    /** The message of a scripted status if the script gives no body. */
    static Reply forStatus(EndpointKind kind, int status) {
        return switch (kind) {
            case TOKEN, METADATA -> entra(status, status == 401 ? "invalid_client" : "temporarily_unavailable", 90033,
                    "A transient error has occurred.");
            case BLOB -> storage(status, storageCode(status), "The request was refused.");
            default -> api(status, apiCode(status), "The request was refused.");
        };
    }

    private static String apiCode(int status) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "ResourceNotFound";
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            default -> "InternalServerError";
        };
    }

    private static String storageCode(int status) {
        return switch (status) {
            case 403 -> "AuthenticationFailed";
            case 404 -> "BlobNotFound";
            case 503 -> "ServerBusy";
            default -> "InternalError";
        };
    }
}
