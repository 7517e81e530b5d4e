package io.liveresponse.simulator;

import static io.liveresponse.simulator.SimulatorSetup.CONTOSO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The doubles of Splunk, Sentinel and Elasticsearch, and what they count. */
class SinkTest extends SimulatorTestSupport {

    private static final String CHANNEL = "0aeeac95-ac74-4aa9-b30d-6c4c0ac581ba";

    @Test
    void splunk_acknowledges_a_batch_once_it_is_indexed_and_counts_what_came_twice() throws Exception {
        simulator.splunk().indexesAfter(Duration.ofSeconds(5));
        long ack = json(splunk("/services/collector/event", "{\"event\":{\"rowId\":\"r1\"}}{\"event\":{\"rowId\":\"r2\"}}")).path("ackId")
                .asLong();
        splunk("/services/collector/event", "{\"event\":{\"rowId\":\"r2\"}}\n{\"event\":\"no id\"}");

        assertThat(acknowledged(ack)).isFalse();
        clock.advance(Duration.ofSeconds(5));
        assertThat(acknowledged(ack)).isTrue();
        assertThat(acknowledged(ack)).as("told once").isFalse();
        assertThat(simulator.splunk().received().count()).isEqualTo(4);
        assertThat(simulator.splunk().received().unique()).isEqualTo(2);
        assertThat(simulator.splunk().received().duplicates()).isEqualTo(1);
        assertThat(simulator.splunk().received().withoutId()).isEqualTo(1);
        assertThat(simulator.journal().countOf(EndpointKind.SPLUNK, CHANNEL)).isEqualTo(2);
    }

    @Test
    void splunk_can_lose_what_it_has_answered_with_200() throws Exception {
        simulator.splunk().losesEvents(true);
        long ack = json(splunk("/services/collector/event", "{\"event\":{\"rowId\":\"r1\"}}")).path("ackId").asLong();

        assertThat(acknowledged(ack)).isFalse();
        assertThat(simulator.splunk().received().count()).isZero();
    }

    @Test
    void splunk_refuses_a_wrong_token_a_missing_channel_and_bad_events() throws Exception {
        String url = simulator.sinkUrl() + "/services/collector/event";
        assertThat(post(url, "{}", "Authorization", "Splunk wrong", "X-Splunk-Request-Channel", CHANNEL).statusCode()).isEqualTo(403);
        assertThat(post(url, "{}", "X-Splunk-Request-Channel", CHANNEL).statusCode()).isEqualTo(401);
        assertThat(json(post(url, "{\"event\":1}", "Authorization", "Splunk " + simulator.splunk().token())).path("code").asInt())
                .isEqualTo(10);
        assertThat(json(splunk("/services/collector/event", "{\"event\":")).path("code").asInt()).isEqualTo(6);
        assertThat(json(splunk("/services/collector/event", "{\"x\":1}")).path("code").asInt()).isEqualTo(12);
        assertThat(json(splunk("/services/collector/event", "")).path("code").asInt()).isEqualTo(5);
        assertThat(simulator.splunk().received().count()).isZero();
    }

    @Test
    void sentinel_takes_an_array_with_a_token_for_azure_monitor_and_does_not_remove_duplicates() throws Exception {
        String monitor = client.token(CONTOSO.withScope("https://monitor.azure.com/.default"));

        assertThat(sentinel(monitor, "[{\"rowId\":\"r1\"},{\"rowId\":\"r2\"}]").statusCode()).isEqualTo(204);
        assertThat(sentinel(monitor, "[{\"rowId\":\"r2\"}]").statusCode()).isEqualTo(204);
        assertThat(sentinel(client.token(CONTOSO), "[]").statusCode()).as("a token for the Defender API").isEqualTo(401);
        assertThat(sentinel(monitor, "{}").statusCode()).isEqualTo(400);
        assertThat(sentinel(monitor, "[\"" + "x".repeat(1 << 20) + "\"]").statusCode()).isEqualTo(413);
        assertThat(simulator.sentinel().received().count()).isEqualTo(3);
        assertThat(simulator.sentinel().received().unique()).isEqualTo(2);
        assertThat(simulator.sentinel().received().duplicates()).isEqualTo(1);
    }

    @Test
    void elasticsearch_holds_each_id_once_and_tells_of_each_row_by_itself() throws Exception {
        simulator.elasticsearch().refusesField("bad");

        JsonNode answer = json(bulk("{\"create\":{\"_id\":\"r1\"}}\n{\"a\":1}\n{\"create\":{\"_id\":\"r1\"}}\n{\"a\":2}\n"
                + "{\"index\":{\"_id\":\"r2\"}}\n{\"bad\":1}\n{\"index\":{\"_id\":\"r1\"}}\n{\"a\":3}\n"));

        assertThat(answer.path("errors").asBoolean()).isTrue();
        assertThat(answer.path("items")).extracting(item -> item.elements().next().path("status").asInt()).containsExactly(201, 409, 400,
                200);
        assertThat(simulator.elasticsearch().documents("rows")).hasSize(1);
        assertThat(simulator.elasticsearch().documents("rows").get("r1").path("a").asInt()).isEqualTo(3);
        assertThat(simulator.elasticsearch().received().count()).isEqualTo(4);
        assertThat(simulator.elasticsearch().received().unique()).isEqualTo(2);
        assertThat(simulator.elasticsearch().received().duplicates()).isEqualTo(2);
    }

    @Test
    void elasticsearch_refuses_a_whole_call_without_the_last_newline_or_with_a_wrong_key() throws Exception {
        assertThat(bulk("{\"create\":{\"_id\":\"r1\"}}\n{\"a\":1}").statusCode()).isEqualTo(400);
        assertThat(bulk("{\"create\":{\"_id\":\"r1\"}}\n").statusCode()).isEqualTo(400);
        assertThat(post(simulator.sinkUrl() + "/rows/_bulk", "\n", "Authorization", "ApiKey wrong").statusCode()).isEqualTo(401);
        assertThat(simulator.elasticsearch().documents("rows")).isEmpty();
    }

    @Test
    void a_lost_answer_leaves_the_rows_there() {
        simulator.faults().on(EndpointKind.ELASTICSEARCH).once(Fault.commitAndClose());

        assertThatThrownBy(() -> bulk("{\"create\":{\"_id\":\"r1\"}}\n{\"a\":1}\n")).isInstanceOf(IOException.class);
        assertThat(simulator.elasticsearch().documents("rows")).containsOnlyKeys("r1");
    }

    private HttpResponse<String> splunk(String path, String body) throws IOException, InterruptedException {
        return post(simulator.sinkUrl() + path, body, "Authorization", "Splunk " + simulator.splunk().token(), "X-Splunk-Request-Channel",
                CHANNEL);
    }

    private boolean acknowledged(long id) throws IOException, InterruptedException {
        return json(splunk("/services/collector/ack", "{\"acks\":[" + id + "]}")).path("acks").path(Long.toString(id)).asBoolean();
    }

    private HttpResponse<String> sentinel(String token, String body) throws IOException, InterruptedException {
        return post(simulator.sinkUrl() + "/dataCollectionRules/dcr-1/streams/Custom-Rows?api-version=2023-01-01", body,
                "Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    private HttpResponse<String> bulk(String body) throws IOException, InterruptedException {
        return post(simulator.sinkUrl() + "/rows/_bulk", body, "Authorization", "ApiKey " + simulator.elasticsearch().apiKey(),
                "Content-Type", "application/x-ndjson");
    }

    private HttpResponse<String> post(String url, String body, String... headers) throws IOException, InterruptedException {
        return client.send(SimulatorClient.request(url, headers).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return SimulatorClient.JSON.readTree(answer.body());
    }
}
