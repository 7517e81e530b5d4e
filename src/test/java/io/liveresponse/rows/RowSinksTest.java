package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.credential.AccessToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.fetch.token.CachedToken;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.rows.SinkDouble.Answer;
import io.liveresponse.rows.SinkDouble.Call;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.Settings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The row sinks' route files against doubles written from the vendors' references. */
@Tag("integration")
class RowSinksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Answer ACCEPTED = new Answer(200, "{\"text\":\"Success\",\"code\":0,\"ackId\":7}");
    private static final Answer ACKNOWLEDGED = new Answer(200, "{\"acks\":{\"7\":true}}");
    private static final int ROWS = 25;

    @TempDir
    Path directory;

    private RowsContext rows;
    private SinkDouble sink;

    @BeforeEach
    void prepare() throws Exception {
        rows = new RowsContext(directory);
        rows.rule("lines", "script: lines.ps1", "format: json-lines", "columns: [{name: version, required: true}]");
        sink = new SinkDouble(call -> new Answer(500, ""));
        rows.set("live-response.rows.batch-rows", 10);
    }

    @AfterEach
    void stop() {
        rows.close();
        sink.close();
    }

    @Test
    void elastic_holds_every_row_once_under_its_id_although_every_second_answer_is_lost() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        sink.answer(call -> {
            Answer stored = sink.bulk(call, document -> 201);
            return calls.incrementAndGet() % 2 == 1 ? new Answer(0, "") : stored;
        });
        startElastic();
        deliver(10);

        await().until(() -> position("elastic"), done -> done == 10 * ROWS);
        assertThat(sink.documents).hasSize(10 * ROWS);
        assertThat(sink.documents).allSatisfy((id, row) -> assertThat(id).isEqualTo("live-response-rows/" + row.get("rowId").asText()));
        assertThat(sink.calls).hasSizeGreaterThanOrEqualTo(50)
                .allMatch(call -> call.target().equals("/_bulk") && "ApiKey abc".equals(call.header("Authorization"))
                        && call.header("Content-Type").startsWith("application/x-ndjson"));
    }

    @Test
    void only_a_sink_that_is_on_has_routes() throws Exception {
        rows.set("live-response.rows.elastic.enabled", true);
        rows.set("live-response.rows.elastic.url", sink.url());

        CamelContext context = rows.start("elastic", "kafka", "sentinel", "splunk", "syslog");

        assertThat(context.getRoutes()).extracting(Route::getRouteId).filteredOn(id -> id.matches("(poll-)?rows-.*"))
                .containsExactlyInAnyOrder("poll-rows-for-elastic", "rows-to-elastic");
    }

    @Test
    void a_document_that_elastic_refuses_is_kept_with_the_reason_and_the_rest_of_its_batch_counts() throws Exception {
        sink.answer(call -> sink.bulk(call, document -> document.get("version").asText().equals("v3") ? 400 : 201));
        startElastic();
        deliver(1);

        await().until(() -> position("elastic"), done -> done == ROWS);
        assertThat(sink.documents).hasSize(ROWS - 1);
        List<JsonNode> rejects = rows.json("rejects-elastic.jsonl");
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).get("reason").asText()).isEqualTo("mapper_parsing_exception: failed to parse field [version]");
        assertThat(rejects.get(0).get("row").get("version").asText()).isEqualTo("v3");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403, 404})
    void while_elastic_takes_no_document_nothing_is_rejected_and_afterwards_every_row_arrives(int status) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        sink.answer(call -> calls.incrementAndGet() <= 3 ? sink.bulk(call, document -> status) : sink.bulk(call, document -> 201));
        startElastic();
        deliver(1);

        await().until(() -> position("elastic"), done -> done == ROWS);
        assertThat(sink.documents).hasSize(ROWS);
        assertThat(rows.rows().resolve("rejects-elastic.jsonl")).doesNotExist();
    }

    @Test
    void one_row_too_large_for_a_sink_is_found_in_smaller_batches_and_kept_while_the_rest_arrives() throws Exception {
        sink.answer(call -> call.body().contains("\"v7\"") ? new Answer(413, "too large") : sink.bulk(call, document -> 201));
        startElastic();
        deliver(1);

        await().until(() -> position("elastic"), done -> done == ROWS);
        assertThat(sink.documents).hasSize(ROWS - 1);
        assertThat(rows.json("rejects-elastic.jsonl")).hasSize(1).first()
                .satisfies(reject -> assertThat(reject.get("reason").asText()).isEqualTo("it answers 413: too large"));
    }

    @Test
    void splunk_gets_events_and_a_batch_counts_when_it_is_acknowledged() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        sink.answer(call -> !call.target().endsWith("/ack")
                ? ACCEPTED
                : polls.incrementAndGet() % 3 == 0 ? ACKNOWLEDGED : new Answer(200, "{\"acks\":{\"7\":false}}"));
        startSplunk();
        deliver(1);

        await().until(() -> position("splunk"), done -> done == ROWS);
        List<Call> events = calls("/services/collector/event");
        assertThat(events).hasSize(3).allMatch(call -> "Splunk s3cret".equals(call.header("Authorization")));
        assertThat(calls("/services/collector/ack")).hasSize(9).allMatch(call -> call.body().equals("{\"acks\":[7]}"));
        Set<String> channels = sink.calls.stream().map(call -> call.header("X-Splunk-Request-Channel")).collect(Collectors.toSet());
        assertThat(channels).hasSize(1).first().asString().matches("[0-9a-f-]{36}");
        List<JsonNode> all = events(events);
        assertThat(all).hasSize(ROWS);
        JsonNode first = all.get(0);
        assertThat(first.get("time").decimalValue()).isEqualByComparingTo("1793527200.000");
        assertThat(first.get("host").asText()).isEqualTo("ws-0");
        assertThat(first.get("sourcetype").asText()).isEqualTo("live-response:row");
        assertThat(first.get("event").get("version").asText()).isEqualTo("v0");
        assertThat(all.stream().map(event -> event.get("event").get("rowId").asText())).doesNotHaveDuplicates();
    }

    @Test
    void a_batch_that_splunk_never_acknowledges_is_sent_again_with_the_same_ids() throws Exception {
        rows.set("live-response.rows.splunk.ack-attempts", 2);
        AtomicInteger events = new AtomicInteger();
        sink.answer(call -> call.target().endsWith("/ack")
                ? events.get() > 1 ? ACKNOWLEDGED : new Answer(200, "{\"acks\":{\"7\":false}}")
                : count(events));
        startSplunk();
        deliver(1);

        await().until(() -> position("splunk"), done -> done == ROWS);
        List<Call> sent = calls("/services/collector/event");
        assertThat(sent).hasSize(4);
        assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
        assertThat(events(sent).stream().map(event -> event.get("event").get("rowId").asText()).distinct()).hasSize(ROWS);
    }

    @Test
    void a_wrong_index_at_splunk_rejects_no_row() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        sink.answer(call -> call.target().endsWith("/ack")
                ? ACKNOWLEDGED
                : calls.incrementAndGet() <= 3 ? new Answer(400, "{\"text\":\"Incorrect index\",\"code\":7}") : ACCEPTED);
        startSplunk();
        deliver(1);

        await().until(() -> position("splunk"), done -> done == ROWS);
        assertThat(rows.rows().resolve("rejects-splunk.jsonl")).doesNotExist();
    }

    @Test
    void sentinel_gets_a_json_array_with_the_tenants_token_and_a_refused_token_is_replaced_once() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        sink.answer(call -> "Bearer token-2".equals(call.header("Authorization")) ? new Answer(204, "") : new Answer(401, ""));
        rows.set("live-response.rows.sentinel.enabled", true);
        rows.set("live-response.rows.sentinel.url", sink.url());
        rows.set("live-response.rows.sentinel.rule", "dcr-0123456789abcdef0123456789abcdef");
        rows.bind("liveResponseRowSinkLogin", new RowSinkLogin(Settings.of(java.util.Map.of()), () -> new CachedToken("scope",
                () -> request -> Mono
                        .fromSupplier(() -> new AccessToken("token-" + tokens.incrementAndGet(), OffsetDateTime.now().plusHours(1))),
                new Redactor(), thrown -> new LiveResponseException(FailureCode.TOKEN_REFUSED, "no token")), "channel"));
        rows.start("sentinel");
        deliver(1);

        await().until(() -> position("sentinel"), done -> done == ROWS);
        List<String> ids = new ArrayList<>();
        for (Call call : sink.calls) {
            assertThat(call.target()).isEqualTo(
                    "/dataCollectionRules/dcr-0123456789abcdef0123456789abcdef/streams/Custom-LiveResponseRows?api-version=2023-01-01");
            if ("Bearer token-2".equals(call.header("Authorization"))) {
                JSON.readTree(call.body()).forEach(row -> ids.add(row.get("rowId").asText()));
            }
        }
        assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(tokens).hasValue(2);
    }

    @Test
    void syslog_gets_each_row_as_a_message_behind_its_length() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<List<String>> messages = CompletableFuture.supplyAsync(() -> receive(server));
            rows.set("live-response.rows.syslog.enabled", true);
            rows.set("live-response.rows.syslog.host", "127.0.0.1");
            rows.set("live-response.rows.syslog.port", server.getLocalPort());
            rows.start("syslog");
            deliver(1);

            List<String> received = messages.get(60, TimeUnit.SECONDS);
            assertThat(received).hasSize(ROWS).allMatch(message -> message.matches(
                    "<134>1 2026-11-01T10:00:00Z ws-0 live-response - row \\[row@32473 id=\"[0-9a-f]{64}\"] \\{\"tenant\":\"contoso\",.*}"));
            assertThat(received).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_sink_that_is_not_switched_on_is_not_started() throws Exception {
        assertThat(rows.start("elastic", "splunk", "sentinel", "kafka", "syslog", "azure-blob", "s3").getRoutes())
                .extracting(route -> route.getId())
                .containsExactlyInAnyOrder("to-rows", "deliver-rows", "call-row-sink", "to-azure-blob", "to-s3");
    }

    @Test
    void no_sinks_file_is_longer_than_a_screen() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("routes/rows/sinks"))) {
            assertThat(files.toList()).hasSize(7).allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(40));
        }
    }

    private static Answer count(AtomicInteger events) {
        events.incrementAndGet();
        return ACCEPTED;
    }

    /** So many messages as there are rows; a message may come by another connection. */
    private static List<String> receive(ServerSocket server) {
        List<String> messages = new ArrayList<>();
        try {
            while (messages.size() < ROWS) {
                try (Socket socket = server.accept(); InputStream in = socket.getInputStream()) {
                    StringBuilder length = new StringBuilder();
                    for (int c = in.read(); c >= 0; c = in.read()) {
                        if (c != ' ') {
                            length.append((char) c);
                            continue;
                        }
                        messages.add(new String(in.readNBytes(Integer.parseInt(length.toString())), StandardCharsets.UTF_8));
                        length.setLength(0);
                    }
                }
            }
            return messages;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void startElastic() throws Exception {
        rows.set("live-response.rows.elastic.enabled", true);
        rows.set("live-response.rows.elastic.url", sink.url());
        rows.set("live-response.rows.elastic.authorization", "ApiKey abc");
        rows.start("elastic");
    }

    private void startSplunk() throws Exception {
        rows.set("live-response.rows.splunk.enabled", true);
        rows.set("live-response.rows.splunk.url", sink.url());
        rows.set("live-response.rows.splunk.token", "s3cret");
        rows.set("live-response.rows.splunk.ack-period", 10);
        rows.start("splunk");
    }

    private void deliver(int devices) throws Exception {
        for (int device = 0; device < devices; device++) {
            StringBuilder output = new StringBuilder();
            for (int i = 0; i < ROWS; i++) {
                output.append("{\"version\":\"v").append(i).append("\"}\n");
            }
            assertThat(rows.deliver(rows.result(device, "lines.ps1", output.toString())).getException()).isNull();
        }
    }

    /** How many rows the feed counts as sent: those of the tables less those that it would give again. */
    private int position(String feed) throws Exception {
        Path file = rows.rows().resolve(".state/positions/" + feed + ".json");
        if (!Files.exists(file)) {
            return 0;
        }
        JsonNode position = JSON.readTree(file.toFile());
        Path log = rows.rows().resolve(".state/feed").resolve(position.get("log").asText());
        List<String> entries = Files.readAllLines(log);
        long offset = 0;
        int sent = 0;
        for (String entry : entries) {
            long bytes = JSON.readTree(entry).get("to").asLong() - JSON.readTree(entry).get("from").asLong();
            if (offset < position.get("offset").asLong()
                    || offset == position.get("offset").asLong() && position.get("done").asLong() == bytes) {
                sent += ROWS;
            }
            offset += entry.length() + 1;
        }
        return sent;
    }

    private List<Call> calls(String target) {
        synchronized (sink.calls) {
            return sink.calls.stream().filter(call -> call.target().equals(target)).toList();
        }
    }

    private static List<JsonNode> events(List<Call> calls) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (Call call : calls) {
            JSON.readerFor(JsonNode.class).<JsonNode>readValues(call.body()).forEachRemaining(events::add);
        }
        return events;
    }
}
