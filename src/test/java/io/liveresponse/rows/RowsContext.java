package io.liveresponse.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;

/** A plain context with the routes of rows, and results made by hand. A test says what is to be different and then calls {@link #start}. */
final class RowsContext implements AutoCloseable {

    static final Instant RECEIVED = Instant.parse("2026-11-01T10:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Map<String, String> settings = new HashMap<>();
    private final Map<String, Object> beans = new HashMap<>();
    private CamelContext context;

    RowsContext(Path directory) {
        this.directory = directory;
        set("live-response.tenants", "contoso");
        set("live-response.data-directory", directory.resolve("data"));
        set("live-response.rows.rules", directory.resolve("rules"));
        set("live-response.rows.batch-period", 50);
        set("live-response.retry.delay", 10);
        set("live-response.retry.attempts", 2);
    }

    void set(String key, Object value) {
        settings.put(key, value.toString());
    }

    void bind(String name, Object bean) {
        beans.put(name, bean);
    }

    Path rows() {
        return directory.resolve("data/rows");
    }

    void rule(String name, String... lines) throws IOException {
        Files.createDirectories(directory.resolve("rules"));
        Files.writeString(directory.resolve("rules").resolve(name + ".yaml"), String.join("\n", lines) + "\n");
    }

    CamelContext start(String... sinks) throws Exception {
        context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(5);
        beans.forEach(context.getRegistry()::bind);
        Properties properties = new Properties();
        properties.putAll(settings);
        context.getPropertiesComponent().setInitialProperties(properties);
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        List<String> files = new ArrayList<>(List.of("routes/failure-policy.camel.yaml",
                "routes/deliver/sink.camel.yaml", "routes/rows/rows.camel.yaml", "routes/rows/poll-rows.camel.yaml"));
        Stream.of(sinks).map(sink -> "routes/rows/sinks/" + sink + ".camel.yaml").forEach(files::add);
        PluginHelper.getRoutesLoader(context).loadRoutes(files.stream().map(file -> loader.resolveResource("file:" + file)).toList());
        context.start();
        return context;
    }

    /** The result of a script on a device; the output is in the blob alone. */
    Result result(int device, String script, String output) throws IOException {
        Path blob = directory.resolve("blobs").resolve(script + "-" + device);
        Files.createDirectories(blob.getParent());
        Files.writeString(blob, JSON.writeValueAsString(Map.of("script_name", script, "exit_code", 0, "script_output", output)));
        return result(device, script, blob);
    }

    /** The same of a transcript that is there. */
    static Result result(int device, String script, Path blob) throws IOException {
        return new Result(key(device, script), Outcome.SUCCEEDED, 0, script, CapturedText.EMPTY, CapturedText.EMPTY, null,
                facts(device, script),
                new SpooledBlob(blob, "", Files.size(blob), false, null, RECEIVED));
    }

    static Result withoutAnswer(int device, String script, Outcome outcome) {
        return new Result(key(device, script), outcome, null, null, CapturedText.EMPTY, CapturedText.EMPTY, null, facts(device, script),
                null);
    }

    private static ActionFacts facts(int device, String script) {
        return new ActionFacts("RunScript", script, null, "id-" + device, "ws-" + device, null, null, RECEIVED.minusSeconds(60));
    }

    static ResultKey key(int device, String script) {
        return new ResultKey("contoso", String.format("%08x-0000-4000-8000-%012x", script.hashCode(), device), 0);
    }

    /** Delivers the result to the sink {@code rows}. */
    Exchange deliver(Result result) {
        return context.createProducerTemplate().request("direct:live-response-to-rows", exchange -> exchange.getMessage().setBody(result));
    }

    /** The lines of a file of the tables as JSON; none if there is no such file. */
    List<JsonNode> json(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(rows().resolve(file))) {
            for (String line : Files.readAllLines(rows().resolve(file))) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    String text(String file) throws IOException {
        return Files.readString(rows().resolve(file));
    }

    @Override
    public void close() {
        if (context != null) {
            context.stop();
        }
    }
}
