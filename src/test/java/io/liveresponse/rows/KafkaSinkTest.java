package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kafka sink against a real broker in this process. */
@Tag("integration")
class KafkaSinkTest {

    private static final String TOPIC = "live-response.rows";
    private static final int ROWS = 1_000;

    @TempDir
    Path directory;

    private KafkaRaftServer broker;
    private int port;
    private RowsContext rows;

    @BeforeEach
    void startBroker() throws Exception {
        port = freePort();
        int controller = freePort();
        Properties config = new Properties();
        config.putAll(Map.of("process.roles", "broker,controller", "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controller, "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "log.dirs", directory.resolve("kafka").toString(), "offsets.topic.replication.factor", "1"));
        config.putAll(Map.of("num.partitions", "1", "group.initial.rebalance.delay.ms", "0", "offsets.topic.num.partitions", "1"));
        Path file = directory.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            config.store(out, null);
        }
        assertThat(StorageTool.execute(new String[]{"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(OutputStream.nullOutputStream()))).isZero();
        broker = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
        broker.startup();
        rows = new RowsContext(directory);
        rows.rule("lines", "script: lines.ps1", "format: json-lines", "columns: [{name: n, type: integer, required: true}]");
        rows.set("live-response.rows.kafka.enabled", true);
        rows.set("live-response.rows.kafka.brokers", "127.0.0.1:" + port);
        rows.set("live-response.rows.batch-rows", 100);
    }

    @AfterEach
    void stop() {
        rows.close();
        broker.shutdown();
        broker.awaitShutdown();
    }

    @Test
    void every_row_arrives_under_its_id_and_a_batch_sent_again_repeats_keys_and_values_alone() throws Exception {
        CamelContext context = rows.start("kafka");
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            output.append("{\"n\":").append(i).append("}\n");
        }
        assertThat(rows.deliver(rows.result(1, "lines.ps1", output.toString())).getException()).isNull();

        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", "127.0.0.1:" + port,
                "group.id", "test", "auto.offset.reset", "earliest"), new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            await().atMost(Duration.ofMinutes(2)).until(() -> poll(consumer, records), count -> count >= ROWS);
            assertThat(records).hasSize(ROWS);

            // what a kill between the broker's answer and the feed's commit leaves: the same batch is sent once more
            try (RowBatches again = new RowFeed(new RowTables(rows.rows(), 1 << 20, java.time.Clock.systemUTC()), 100, 1 << 20)
                    .batches("copy")) {
                RowBatch batch = again.next();
                context.createProducerTemplate().send("direct:live-response-rows-to-kafka", exchange -> {
                    exchange.setVariable(RowFeed.FEED, "kafka");
                    exchange.getMessage().setBody(batch);
                });
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> poll(consumer, records), count -> count >= ROWS + 100);
            assertThat(records).hasSize(ROWS + 100);
            Map<String, String> byKey = new HashMap<>();
            for (ConsumerRecord<String, String> record : records) {
                assertThat(new ObjectMapper().readTree(record.value()).get("rowId").asText()).isEqualTo(record.key());
                String other = byKey.put(record.key(), record.value());
                assertThat(other).isIn(null, record.value());
            }
            assertThat(byKey).hasSize(ROWS);
        }
    }

    private static int poll(KafkaConsumer<String, String> consumer, List<ConsumerRecord<String, String>> records) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        return records.size();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
