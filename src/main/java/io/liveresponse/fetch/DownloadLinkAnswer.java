package io.liveresponse.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The API's answer to a link call, {@code {"@odata.context": "…", "value": "<link>"}}. Holds a bearer secret, so it has no text
 * form of its own.
 */
public final class DownloadLinkAnswer {

    private final String link;

    /** @param value the link as the API wrote it; anything but a text counts as none */
    @JsonCreator
    public DownloadLinkAnswer(@JsonProperty("value") JsonNode value) {
        this.link = value != null && value.isTextual() ? value.textValue() : null;
    }

    /** As the API wrote it, unchecked; null if the answer has none. */
    String link() {
        return link;
    }
}
