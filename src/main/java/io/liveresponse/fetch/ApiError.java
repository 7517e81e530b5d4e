package io.liveresponse.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liveresponse.settings.Redactor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the API says about a failure, {@code {"error":{"code":"…","message":"…","target":"…"}}}. Every text is one line without
 * control or direction-changing characters, of bounded length and redacted, so it may be logged and stored.
 *
 * @param code    such as {@code ResourceNotFound}, or null
 * @param message the API's words, or null
 * @param target  the correlation id that Microsoft's support asks for, or null
 */
public record ApiError(String code, String message, String target) {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_CODE = 100;
    private static final int MAX_MESSAGE = 500;
    private static final ApiError NONE = new ApiError(null, null, null);
    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{C}\\p{Z}]++");

    /**
     * Never fails: anything that is not such JSON (a proxy's page, nothing, half an answer) gives an error without texts, since the
     * status has said what counts. Reads at most 64 KB and leaves the stream open.
     *
     * @param body the answer's bytes; null means none
     */
    public static ApiError read(InputStream body, Redactor redactor) {
        if (body == null) {
            return NONE;
        }
        try {
            JsonNode answer = JSON.readValue(body.readNBytes(MAX_BYTES));
            JsonNode error = answer.path("error");
            // the sign-in service and gateways in front of the API put the code right there
            return error.isTextual()
                    ? new ApiError(clean(error, MAX_CODE, redactor), clean(answer.path("error_description"), MAX_MESSAGE, redactor), null)
                    : new ApiError(clean(error.path("code"), MAX_CODE, redactor), clean(error.path("message"), MAX_MESSAGE, redactor),
                            clean(error.path("target"), MAX_CODE, redactor));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** {@code code: message}, as far as there is something; for an operator's eyes. */
    public Optional<String> text() {
        if (code == null || message == null) {
            return Optional.ofNullable(code == null ? message : code);
        }
        return Optional.of(code + ": " + message);
    }

    private static String clean(JsonNode node, int max, Redactor redactor) {
        if (!node.isTextual()) {
            return null;
        }
        String line = UNSHOWABLE.matcher(redactor.redact(node.textValue())).replaceAll(" ").strip();
        // again, as a secret may have been spelled with something unshowable in it
        String text = redactor.redact(line);
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() <= max) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max) + "…";
    }
}
