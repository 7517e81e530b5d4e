package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.sink.ReceivedRows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed (SIGKILL) after a sink took a batch and before the sink answers, while the other sinks are at any point of
 * theirs. {@code -Dlive-response.long=true} kills fifty times, {@code -Dlive-response.seed=N} at other batches.
 */
@Tag("integration")
class RowSinksKilledTest {

    private static final int KILLS = Boolean.getBoolean("live-response.long") ? 50 : 4;
    private static final int ROWS = 120;
    private static final int BATCH = 20;
    private static final String TOPIC = "live-response.rows";
    private static final String INDEX = "live-response-rows";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Killed with a batch of theirs under way, in turn; null is Kafka. */
    private static final EndpointKind[] SINKS = {EndpointKind.SPLUNK, EndpointKind.SENTINEL, EndpointKind.ELASTICSEARCH, null};

    @TempDir
    Path directory;

    private Simulator simulator;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void elasticsearch_and_kafka_hold_each_row_once_and_splunk_and_sentinel_at_least_once_with_the_same_id() throws Exception {
        Random random = new Random(Long.getLong("live-response.seed", 20261121));
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaBroker broker = new KafkaBroker(directory);
                Simulator cloud = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.demo()));
                RowsContext tables = new RowsContext(directory);
                KafkaConsumer<String, String> consumer = broker.consumer(TOPIC)) {
            simulator = cloud;
            tables.rule("lines", "script: lines.ps1", "format: json-lines", "columns: [{name: n, type: integer, required: true}]");
            tables.start();
            Map<String, String> settings = settings(broker);
            for (int kill = 0; kill < KILLS; kill++) {
                deliver(tables, kill);
                EndpointKind sink = SINKS[kill % SINKS.length];
                int whole = random.nextInt(ROWS / BATCH);
                int before = sink == null ? KafkaBroker.poll(consumer, records) : received(sink).count();
                if (sink != null) {
                    // it takes so many batches, and then one more that it does not answer
                    cloud.faults().on(sink).next(whole, Fault.delay(Duration.ZERO));
                    cloud.faults().on(sink).once(Fault.commitAndHold());
                }
                Process feeder = start(settings);
                try {
                    if (sink == null) {
                        await("a batch at Kafka").atMost(PATIENCE)
                                .until(() -> KafkaBroker.poll(consumer, records) > before + whole * BATCH);
                    } else {
                        await("a batch held by " + sink).atMost(PATIENCE)
                                .until(() -> received(sink).count() >= before + (whole + 1) * BATCH);
                    }
                } finally {
                    kill(feeder);
                }
                cloud.faults().clear();
            }
            deliver(tables, KILLS);
            Process feeder = start(settings);
            try {
                Set<String> ids = ids(tables);
                assertThat(ids).hasSize((KILLS + 1) * ROWS);
                await("every row at every sink").atMost(PATIENCE.multipliedBy(5)).until(() -> {
                    KafkaBroker.poll(consumer, records);
                    return keys(records).size() == ids.size() && cloud.elasticsearch().documents(INDEX).size() == ids.size()
                            && cloud.splunk().received().unique() == ids.size() && cloud.sentinel().received().unique() == ids.size();
                });

                assertThat(cloud.elasticsearch().documents(INDEX).keySet()).isEqualTo(ids);
                assertThat(keys(records)).isEqualTo(ids);
                assertSameValues(records);
                List<ReceivedRows> all = List.of(cloud.splunk().received(), cloud.sentinel().received(), cloud.elasticsearch().received());
                assertThat(all).allMatch(received -> received.withoutId() == 0);
                assertThat(all.stream().mapToInt(ReceivedRows::duplicates).sum())
                        .as("what a sink had taken and not answered is sent again, and no more than that")
                        .isBetween(BATCH, all.size() * KILLS * BATCH);
                assertThat(cloud.splunk().received().rows()).extracting(event -> event.path("event").path("rowId").asText())
                        .allMatch(ids::contains);
                assertThat(cloud.sentinel().received().rows()).extracting(row -> row.path("rowId").asText()).allMatch(ids::contains);
            } finally {
                kill(feeder);
            }
        }
    }

    private ReceivedRows received(EndpointKind sink) {
        return switch (sink) {
            case SPLUNK -> simulator.splunk().received();
            case SENTINEL -> simulator.sentinel().received();
            default -> simulator.elasticsearch().received();
        };
    }

    private Map<String, String> settings(KafkaBroker broker) {
        Map<String, String> settings = new HashMap<>(simulator.settings());
        settings.put("live-response.data-directory", directory.resolve("data").toString());
        settings.put("live-response.rows.batch-rows", Integer.toString(BATCH));
        settings.put("live-response.rows.batch-period", "20");
        settings.put("live-response.rows.splunk.enabled", "true");
        settings.put("live-response.rows.splunk.url", simulator.sinkUrl().toString());
        settings.put("live-response.rows.splunk.token", simulator.splunk().token());
        settings.put("live-response.rows.splunk.ack-period", "10");
        settings.put("live-response.rows.sentinel.enabled", "true");
        settings.put("live-response.rows.sentinel.url", simulator.sinkUrl().toString());
        settings.put("live-response.rows.sentinel.rule", "dcr-0123456789abcdef0123456789abcdef");
        settings.put("live-response.rows.sentinel.tenant", "contoso");
        settings.put("live-response.rows.elastic.enabled", "true");
        settings.put("live-response.rows.elastic.url", simulator.sinkUrl().toString());
        settings.put("live-response.rows.elastic.authorization", "ApiKey " + simulator.elasticsearch().apiKey());
        settings.put("live-response.rows.kafka.enabled", "true");
        settings.put("live-response.rows.kafka.brokers", broker.address());
        return settings;
    }

    private static void deliver(RowsContext tables, int device) throws Exception {
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            output.append("{\"n\":").append(i).append("}\n");
        }
        assertThat(tables.deliver(tables.result(device, "lines.ps1", output.toString())).getException()).isNull();
    }

    private static Set<String> ids(RowsContext tables) throws Exception {
        Set<String> ids = new HashSet<>();
        for (JsonNode row : tables.json("lines/2026-11-01.jsonl")) {
            ids.add(row.get("rowId").asText());
        }
        return ids;
    }

    private static Set<String> keys(List<ConsumerRecord<String, String>> records) {
        Set<String> keys = new HashSet<>();
        records.forEach(record -> keys.add(record.key()));
        return keys;
    }

    private static void assertSameValues(List<ConsumerRecord<String, String>> records) {
        Map<String, String> values = new HashMap<>();
        records.forEach(record -> assertThat(values.putIfAbsent(record.key(), record.value())).isIn(null, record.value()));
    }

    /** The row sinks of the shipped routes in a process of their own. */
    private Process start(Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Feeder.class.getName(),
                directory.toString()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(directory.resolve("feeder.log").toFile()).start();
    }

    private static void kill(Process process) {
        process.destroyForcibly().onExit().join();
    }

    /** Offers the rows of the tables until it is killed. */
    static final class Feeder {

        private Feeder() {
        }

        public static void main(String[] arguments) throws Exception {
            RowsContext rows = new RowsContext(Path.of(arguments[0]));
            for (int i = 1; i < arguments.length; i++) {
                rows.set(arguments[i].substring(0, arguments[i].indexOf('=')), arguments[i].substring(arguments[i].indexOf('=') + 1));
            }
            CamelContext context = rows.start("splunk", "sentinel", "elastic", "kafka");
            assertThat(context.getStatus().isStarted()).isTrue();
            new CountDownLatch(1).await();
        }
    }
}
