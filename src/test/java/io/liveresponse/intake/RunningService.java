package io.liveresponse.intake;

import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.worker.LedgerRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The shipped routes with ledger and worker, against a simulator, each intake off unless the settings say otherwise. */
public final class RunningService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Main main = new Main();

    public RunningService(Simulator simulator, Path directory, Map<String, String> settings) throws Exception {
        this(simulator, directory, settings, main -> {
        });
    }

    public RunningService(Simulator simulator, Path directory, Map<String, String> settings, java.util.function.Consumer<Main> before)
            throws Exception {
        main.setPropertyPlaceholderLocations("false");
        Map<String, String> all = new HashMap<>(simulator.settings());
        all.putAll(Map.of(
                "camel.main.shutdown-timeout", "5",
                "camel.main.jmx-enabled", "false",
                "camel.main.routes-include-pattern", "classpath:camel/**/*.camel.yaml",
                "live-response.data-directory", directory.resolve("data").toString(),
                "live-response.worker.enabled", "true",
                "live-response.worker.period", "50",
                "live-response.retry.delay", "50",
                "live-response.action.period", "100ms"));
        all.putAll(settings);
        all.forEach(main::addOverrideProperty);
        before.accept(main);
        main.start();
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    public Ledger ledger() {
        return context().getRegistry().lookupByNameAndType("liveResponseLedger", LedgerRuntime.class).ledger();
    }

    RequestRecord request(ResultKey key) {
        return ledger().archive().show(key).orElseThrow(() -> new AssertionError("not in the ledger: " + key)).request();
    }

    List<String> sinks(ResultKey key) {
        return ledger().archive().show(key).orElseThrow().deliveries().stream().map(Delivery::sink).sorted().toList();
    }

    public List<RequestRecord> all() {
        return ledger().archive().list(RequestFilter.ALL, null, 20_000);
    }

    /** Waits until the ledger holds so many requests and all have ended. */
    void awaitEnded(int requests) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            List<RequestRecord> all = all();
            return all.size() == requests && all.stream().allMatch(
                    request -> request.state() == RequestState.DELIVERED || request.state() == RequestState.DEAD);
        });
    }

    @Override
    public void close() {
        main.stop();
    }
}
