package io.liveresponse.deliver.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.liveresponse.model.SafeText;

/** A text that Jira shows as it is, whatever it holds: no link, image, mention or macro is made of it. */
final class JiraText {

    /** Jira takes 32,767 characters; some are left for what stands around the text. */
    private static final int LONGEST = 30_000;

    private JiraText() {
    }

    /**
     * @param cloud true for the Atlassian Document Format of version 3, false for the wiki markup of version 2
     * @param last  a line to stand at the end in any case
     */
    static JsonNode of(String text, String last, boolean cloud) {
        String shown = SafeText.of(text).limit(Integer.MAX_VALUE, LONGEST).plain();
        return cloud
                ? document(shown + "\n\n" + last)
                : TextNode.valueOf("{noformat}\n" + shown.replaceAll("(?i)\\{noformat", "{ noformat") + "\n\n" + last + "\n{noformat}");
    }

    private static JsonNode document(String text) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("type", "doc").put("version", 1);
        document.putArray("content").addObject().put("type", "codeBlock")
                .putArray("content").addObject().put("type", "text").put("text", text);
        return document;
    }
}
