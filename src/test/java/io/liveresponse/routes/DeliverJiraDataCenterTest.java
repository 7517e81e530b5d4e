package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Jira Data Center: version 2 and a personal access token. */
class DeliverJiraDataCenterTest extends DeliverJiraTest {

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.put("live-response.deliver.ticket.api-version", "2");
        settings.remove("live-response.deliver.ticket.user");
        return settings;
    }

    @Override
    String text(JsonNode document) {
        assertThat(document.asText()).startsWith("{noformat}\n").endsWith("\n{noformat}");
        String inside = document.asText().substring("{noformat}\n".length(), document.asText().length() - "\n{noformat}".length());
        assertThat(inside).doesNotContain("{noformat}");
        return inside;
    }
}
