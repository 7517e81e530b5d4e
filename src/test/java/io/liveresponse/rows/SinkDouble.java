package io.liveresponse.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A sink's HTTP side, written from its vendor's reference; each call is kept, and what is answered may be changed. */
final class SinkDouble implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One call. */
    record Call(String method, String target, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0)).findFirst().orElse(null);
        }
    }

    /** An answer; of status 0 none: the connection is closed. */
    record Answer(int status, String body) {
    }

    final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    /** Documents by index and id, and how often each was written. */
    final Map<String, JsonNode> documents = new ConcurrentHashMap<>();

    private final HttpServer server;
    private volatile Function<Call, Answer> answers;

    SinkDouble(Function<Call, Answer> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answer(Function<Call, Answer> other) {
        answers = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            calls.add(call);
            Answer answer = answers.apply(call);
            if (answer.status() == 0) {
                return;
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The bulk API: stores what it may and answers an item a document. */
    Answer bulk(Call call, Function<JsonNode, Integer> status) {
        List<String> items = new ArrayList<>();
        boolean errors = false;
        String[] lines = call.body().split("\n");
        try {
            for (int i = 0; i < lines.length; i += 2) {
                JsonNode action = JSON.readTree(lines[i]).get("index");
                JsonNode document = JSON.readTree(lines[i + 1]);
                int each = status.apply(document);
                if (each < 300) {
                    documents.put(action.get("_index").asText() + "/" + action.get("_id").asText(), document);
                }
                errors |= each > 299;
                items.add("{\"index\":{\"_id\":\"" + action.get("_id").asText() + "\",\"status\":" + each + (each < 300
                        ? ""
                        : ",\"error\":{\"type\":\"mapper_parsing_exception\",\"reason\":\"failed to parse field [version]\"}") + "}}");
            }
        } catch (IOException e) {
            return new Answer(400, "{\"error\":\"" + e.getClass().getSimpleName() + "\"}");
        }
        return new Answer(200, "{\"took\":1,\"errors\":" + errors + ",\"items\":[" + String.join(",", items) + "]}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
