package io.liveresponse.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

    private static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);
    private static final ActionFacts ACTION = new ActionFacts("RunScript", "asked-for.ps1", null, "d1", "pc1", "analyst", "why",
            Instant.EPOCH);

    @Test
    void noNameIsThereTwiceAlsoWhereTheActionNamesItsScript() throws Exception {
        Result result = new Result(KEY, Outcome.FAILED, 1, "ran.ps1", CapturedText.EMPTY, CapturedText.EMPTY, null, ACTION, null);

        JsonNode json = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readTree(ResultJson.mapper().writeValueAsString(result));

        assertThat(json.path("scriptName").asText()).isEqualTo("ran.ps1");
        assertThat(json.path("deviceName").asText()).isEqualTo("pc1");
    }

    @Test
    void what_the_api_says_of_a_failure_is_in_json_and_in_every_view() throws Exception {
        ActionFacts action = new ActionFacts("RunScript", null, null, "d1", "pc1", null, null, null,
                List.of("Access <denied>"), "-2147012889", "No \"connection\"");
        Result result = new Result(KEY, Outcome.ACTION_FAILED, null, null, CapturedText.EMPTY, CapturedText.EMPTY, null, action, null);

        JsonNode json = new ObjectMapper().readTree(ResultJson.mapper().writeValueAsString(result));

        assertThat(json.path("commandErrors").get(0).asText()).isEqualTo("Access <denied>");
        assertThat(json.path("errorHResult").asText()).isEqualTo("-2147012889");
        assertThat(json.path("troubleshootInfo").asText()).isEqualTo("No \"connection\"");
        ResultViews views = new ResultViews();
        assertThat(views.text(result)).containsEntry("actionErrors", "Access <denied>; -2147012889; No \"connection\"");
        assertThat(views.html(result).get("actionErrors")).contains("&lt;denied&gt;");
        assertThat(views.json(result).get("actionErrors")).contains("No \\\"connection\\\"");
    }
}
