package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The two throttles of {@code fetch-attempt} over windows of a second and four, side by side for three crowds of threads. */
class QuotaGatesTest extends RoutesTestSupport {

    private static final int PER_MINUTE = 8;
    private static final Duration MINUTE = Duration.ofSeconds(1);
    private static final int PER_HOUR = 20;
    private static final Duration HOUR = Duration.ofSeconds(4);
    private static final int REQUESTS = 30;
    private static final Map<String, Integer> THREADS = new LinkedHashMap<>(Map.of("one", 1, "eight", 8, "many", 32));

    @Test
    void noWindowIsEverOverWhateverTheThreadsAndRetries() throws Exception {
        useRealTime();
        List<SimulatorTenant> tenants = THREADS.keySet().stream()
                .map(name -> SimulatorTenant.of(name, id(name, '1'), id(name, '2'), "secret~" + name)).toList();
        scenario(new Scenario(tenants, THREADS.keySet().stream().map(name -> scripts(name, id(name, '3'))).toList()));
        simulatorWith(options -> options.withClock(Clock.systemUTC()).withQuota(PER_MINUTE, MINUTE, PER_HOUR, HOUR));
        set("live-response.quota.per-minute", PER_MINUTE);
        // a permit may be a second old when its call is sent
        set("live-response.quota.minute-period", MINUTE.plusMillis(1_100).toMillis() + "ms");
        set("live-response.quota.per-hour", PER_HOUR);
        set("live-response.quota.hour-period", HOUR.plusMillis(1_100).toMillis() + "ms");
        set("live-response.retry.delay", "10");
        set("live-response.retry.max-delay", "20");
        start();
        THREADS.keySet().forEach(name -> simulator.faults().on(EndpointKind.LINK).tenant(name).next(5, Fault.status(503)));

        Map<String, List<Exchange>> done = fetchAll();

        done.forEach((tenant, exchanges) -> {
            assertThat(exchanges).as(tenant).hasSize(REQUESTS).allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
            assertThat(simulator.journal().count(EndpointKind.LINK, tenant)).as(tenant).isEqualTo(REQUESTS + 5);
            assertThat(simulator.journal().maxInAnyWindow(tenant, MINUTE)).as(tenant).isLessThanOrEqualTo(PER_MINUTE);
            assertThat(simulator.journal().maxInAnyWindow(tenant, HOUR)).as(tenant).isLessThanOrEqualTo(PER_HOUR);
        });
        assertThat(simulator.journal().answers429()).isZero();
        assertThat(simulator.journal().unexpected()).isEmpty();
    }

    private Map<String, List<Exchange>> fetchAll() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS.size());
        try {
            Map<String, Future<List<Exchange>>> running = new LinkedHashMap<>();
            THREADS.forEach((tenant, threads) -> running.put(tenant,
                    pool.submit(() -> crowd(threads, REQUESTS, i -> fetch(new ResultKey(tenant, id(tenant, '3'), i))))));
            Map<String, List<Exchange>> done = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<Exchange>>> crowd : running.entrySet()) {
                done.put(crowd.getKey(), new ArrayList<>(crowd.getValue().get()));
            }
            return done;
        } finally {
            pool.shutdownNow();
        }
    }

    private static String id(String tenant, char last) {
        return String.format("%08x-0000-4000-8000-00000000000%c", tenant.hashCode(), last);
    }
}
