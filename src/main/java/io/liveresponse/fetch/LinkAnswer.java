package io.liveresponse.fetch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.io.InputStream;

/** The API's answer of 200, {@code {"@odata.context": "…", "value": "<link>"}}. Stateless. */
public final class LinkAnswer {

    static final int MAX_BYTES = 64 * 1024;

    /** Strict, since two links in one answer, or rubbish behind it, mean that this is not the API speaking. */
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(JsonNode.class);

    private LinkAnswer() {
    }

    /**
     * Reads at most 64 KB and leaves the stream open.
     *
     * @param body the answer's bytes; null means none
     * @return the link as the API wrote it, for {@link LinkGuard#check}
     * @throws LiveResponseException {@link FailureCode#LINK_ANSWER_UNREADABLE} where it is not that JSON; no part of it is quoted
     * @throws IOException           where the connection breaks while it is read
     */
    public static String link(InputStream body) throws LiveResponseException, IOException {
        if (body == null) {
            throw unreadable("is empty");
        }
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw unreadable("is larger than " + MAX_BYTES + " bytes");
        }
        JsonNode value = parse(bytes).path("value");
        if (!value.isTextual()) {
            throw unreadable("has no text under \"value\"");
        }
        return value.textValue();
    }

    private static JsonNode parse(byte[] bytes) throws LiveResponseException {
        try {
            return STRICT.readValue(bytes);
        } catch (IOException e) {
            // the cause would quote the answer
            throw unreadable("is not JSON");
        }
    }

    private static LiveResponseException unreadable(String why) {
        return new LiveResponseException(FailureCode.LINK_ANSWER_UNREADABLE, "the API's answer with the download link " + why);
    }
}
