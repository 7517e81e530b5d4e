package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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

    private KafkaBroker broker;
    private RowsContext rows;

    @BeforeEach
    void startBroker() throws Exception {
        broker = new KafkaBroker(directory);
        rows = new RowsContext(directory);
        rows.rule("lines", "script: lines.ps1", "format: json-lines", "columns: [{name: n, type: integer, required: true}]");
        rows.set("live-response.rows.kafka.enabled", true);
        rows.set("live-response.rows.kafka.brokers", broker.address());
        rows.set("live-response.rows.batch-rows", 100);
    }

    @AfterEach
    void stop() {
        rows.close();
        broker.close();
    }

    @Test
    void every_row_arrives_under_its_id_and_a_batch_sent_again_repeats_keys_and_values_alone() throws Exception {
        CamelContext context = rows.start("kafka");
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            output.append("{\"n\":").append(i).append("}\n");
        }
        assertThat(rows.deliver(rows.result(1, "lines.ps1", output.toString())).getException()).isNull();

        try (KafkaConsumer<String, String> consumer = broker.consumer(TOPIC)) {
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            await().atMost(Duration.ofMinutes(2)).until(() -> KafkaBroker.poll(consumer, records), count -> count >= ROWS);
            assertThat(records).hasSize(ROWS);

            // what a kill between the broker's answer and the feed's commit leaves: the same batch is sent once more
            try (RowBatches again = new RowFeed(new RowTables(rows.rows(), 1 << 20, java.time.Clock.systemUTC()), 100, 1 << 20)
                    .batches("copy")) {
                RowBatch batch = again.next();
                context.createProducerTemplate().sendBody("direct:live-response-rows-to-kafka", batch);
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> KafkaBroker.poll(consumer, records), count -> count >= ROWS + 100);
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
}
