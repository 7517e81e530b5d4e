package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.SettableClock;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ResourceLoader;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped routes in a plain context, against a simulator, both by one clock that the test moves and that redelivery
 * waits move. A test says what is to be different and then calls {@link #start}.
 */
@Tag("integration")
abstract class RoutesTestSupport {

    static final SimulatorTenant CONTOSO = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "contoso-secret~value");
    static final SimulatorTenant FABRIKAM = SimulatorTenant.of("fabrikam", "22222222-2222-4222-8222-222222222222",
            "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "fabrikam-secret~value");
    static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    static final String OTHER_ACTION = "988cc94e-7a8f-4b28-ab65-54970c5d5018";
    static final ResultKey KEY = new ResultKey("contoso", ACTION, 0);
    static final ResultKey OTHER_KEY = new ResultKey("fabrikam", OTHER_ACTION, 0);

    private static final List<String> ROUTES = List.of("fetch-result", "fetch-attempt", "fetch-token", "call-api",
            "call-blob-store",
            "route-result", "sink", "rows", "deliver-file", "deliver-email", "send-mail", "deliver-ticket",
            "deliver-webhook",
            "open-ticket",
            "call-ticket-system",
            "failure-policy");
    private static final int COMMANDS = 40;

    @TempDir
    Path directory;

    final SettableClock clock = new SettableClock();
    final RecordedWaits waits = new RecordedWaits(clock);
    final Map<String, Object> beans = new HashMap<>(Map.of("liveResponseClock", clock));

    Simulator simulator;
    CamelContext context;
    ProducerTemplate template;

    private final Map<String, String> settings = new HashMap<>();
    private Scenario scenario = Scenario.of(List.of(CONTOSO, FABRIKAM), scripts("contoso", ACTION), scripts("fabrikam", OTHER_ACTION));
    private UnaryOperator<SimulatorOptions> options = UnaryOperator.identity();
    private boolean realWaits;

    /** An action of many commands, so that each request of a crowd asks for a result of its own. */
    static ScenarioAction scripts(String tenant, String action) {
        return ScenarioAction.of(tenant, action, IntStream.range(0, COMMANDS)
                .mapToObj(index -> ScenarioCommand.script("check.ps1", ScenarioBlob.transcript("check.ps1", 0, "line " + index + "\n", "")))
                .toArray(ScenarioCommand[]::new));
    }

    void set(String key, Object value) {
        settings.put(key, value.toString());
    }

    void scenario(Scenario other) {
        scenario = other;
    }

    void simulatorWith(UnaryOperator<SimulatorOptions> change) {
        options = change;
    }

    /** For what only true time can show. */
    void useRealTime() {
        realWaits = true;
        options = changed -> changed.withClock(java.time.Clock.systemUTC());
        beans.put("liveResponseClock", java.time.Clock.systemUTC());
    }

    void startSimulator() throws IOException {
        simulator = Simulator.start(options.apply(SimulatorOptions.in(directory.resolve("simulator"), scenario).withClock(clock)));
    }

    void start() throws Exception {
        start(ROUTES);
    }

    void start(List<String> routes) throws Exception {
        startWith(BundleRoutes.locations(routes));
    }

    /** With every route file of a directory. */
    void startIn(Path routes) throws Exception {
        startWith(BundleRoutes.filesIn(routes).stream().map(Path::toUri).map(URI::toString).toList());
    }

    private void startWith(List<String> locations) throws Exception {
        if (simulator == null) {
            startSimulator();
        }
        context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(5);
        if (!realWaits) {
            context.getCamelContextExtension().addContextPlugin(ScheduledExecutorService.class, waits);
        }
        beans.forEach(context.getRegistry()::bind);
        Properties properties = new Properties();
        properties.putAll(simulator.settings());
        properties.put("live-response.data-directory", data().toString());
        properties.put("live-response.http.response-timeout", "5000");
        properties.putAll(settings);
        context.getPropertiesComponent().setInitialProperties(properties);
        ResourceLoader loader = PluginHelper.getResourceLoader(context);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                locations.stream().map(loader::resolveResource).toList());
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
        if (simulator != null) {
            simulator.close();
        }
        waits.shutdownNow();
    }

    Path data() {
        return directory.resolve("data");
    }

    Path results() {
        return data().resolve("results");
    }

    Exchange fetch(ResultKey key) {
        return template.request("direct:live-response-fetch-result", exchange -> exchange.getMessage().setBody(request(key)));
    }

    /** The same step as often and by as many threads as said; in the order of their numbers. */
    static List<Exchange> crowd(int threads, int times, java.util.function.IntFunction<Exchange> step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Exchange>> steps = IntStream.range(0, times).<Callable<Exchange>>mapToObj(i -> () -> step.apply(i)).toList();
            return pool.invokeAll(steps).stream().map(RoutesTestSupport::join).toList();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Exchange join(Future<Exchange> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, Object> request(ResultKey key) {
        return Map.of("tenant", key.tenant(), "machineActionId", key.machineActionId(), "commandIndex", key.commandIndex());
    }

    static ResultKey key(int index) {
        return new ResultKey("contoso", ACTION, index);
    }

    static Result result(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(Result.class);
    }

    static LiveResponseException failure(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(LiveResponseException.class);
        return (LiveResponseException) exchange.getException();
    }

    /** A mock in place of a {@code direct:} endpoint that a route calls. */
    MockEndpoint mockInstead(String route, String uri, String mock) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> advice.weaveByToUri(uri).replace().to("mock:" + mock));
        return context.getEndpoint("mock:" + mock, MockEndpoint.class);
    }

    /** All that can be read off an exchange, its properties and the causes of its exception included. */
    static String everythingOn(Exchange exchange) {
        StringBuilder all = new StringBuilder();
        all.append(exchange.getMessage().getHeaders()).append('\n')
                .append(exchange.getVariables()).append('\n')
                .append(exchange.getAllProperties()).append('\n')
                .append(exchange.getMessage().getBody()).append('\n');
        Stream.of(exchange.getException(), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))
                .forEach(thrown -> append(all, thrown));
        return all.toString();
    }

    private static void append(StringBuilder all, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
            for (Throwable suppressed : cause.getSuppressed()) {
                append(all, suppressed);
            }
        }
    }

    /** The files under a directory with their size, by their path relative to it. */
    static Map<String, Long> filesIn(Path root) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> walk = Files.walk(root)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    files.put(root.relativize(file).toString().replace('\\', '/'), Files.size(file));
                }
            }
        }
        return files;
    }
}
