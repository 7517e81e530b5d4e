package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CSV of one script, through route, tables and feed to a real broker. {@code -Dlive-response.long=true} sends a million rows. */
@Tag("integration")
class RowsThroughKafkaTest {

    private static final int ROWS = Boolean.getBoolean("live-response.long") ? 1_000_000 : 20_000;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void every_row_of_a_long_csv_output_reaches_kafka_from_a_process_with_a_heap_of_128_mb() throws Exception {
        Path log = directory.resolve("process.log");
        try (KafkaBroker broker = new KafkaBroker(directory);
                KafkaConsumer<String, String> consumer = broker.consumer("live-response.rows")) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                    "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), Sender.class.getName(),
                    directory.toString(), broker.address(), blob().toString()).redirectErrorStream(true).redirectOutput(log.toFile())
                    .start();
            try {
                BitSet seen = new BitSet(ROWS);
                await().atMost(Duration.ofMinutes(30)).failFast(() -> !process.isAlive()).until(() -> {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                        seen.set(new ObjectMapper().readTree(record.value()).get("n").asInt());
                    }
                    return seen.cardinality() == ROWS;
                });
                assertThat(seen.nextClearBit(0)).isEqualTo(ROWS);
                assertThat(process.isAlive()).isTrue();
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    private Path blob() throws IOException {
        Path blob = directory.resolve("blob");
        try (BufferedWriter out = Files.newBufferedWriter(blob)) {
            out.write("{\"exit_code\":0,\"script_output\":\"n,name\\n");
            for (int i = 0; i < ROWS; i++) {
                out.write(i + ",process " + i % 977 + "\\n");
            }
            out.write("\"}");
        }
        return blob;
    }

    /** Delivers the result and sends its rows until it is killed. */
    static final class Sender {

        private Sender() {
        }

        public static void main(String[] arguments) throws Exception {
            RowsContext rows = new RowsContext(Path.of(arguments[0]));
            rows.rule("list", "script: list.ps1", "format: csv", "columns: [{name: n, type: integer, required: true}, {name: name}]");
            rows.set("live-response.rows.kafka.enabled", true);
            rows.set("live-response.rows.kafka.brokers", arguments[1]);
            rows.start("kafka");
            Exchange exchange = rows.deliver(RowsContext.result(1, "list.ps1", Path.of(arguments[2])));
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            new CountDownLatch(1).await();
        }
    }
}
