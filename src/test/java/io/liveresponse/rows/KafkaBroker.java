package io.liveresponse.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;

/** A real broker in this process, with topics of one partition. */
final class KafkaBroker implements AutoCloseable {

    private final KafkaRaftServer broker;
    private final int port;

    KafkaBroker(Path directory) throws IOException {
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
        if (StorageTool.execute(new String[]{"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
                new PrintStream(OutputStream.nullOutputStream())) != 0) {
            throw new IOException("the broker's directory cannot be formatted");
        }
        broker = new KafkaRaftServer(new KafkaConfig(config), Time.SYSTEM);
        broker.startup();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Reads the topic from its beginning. */
    KafkaConsumer<String, String> consumer(String topic) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address(), "group.id", "test", "auto.offset.reset", "earliest"), new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    /** Adds what has come; returns how many there are. */
    static int poll(KafkaConsumer<String, String> consumer, List<ConsumerRecord<String, String>> records) {
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
        return records.size();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        broker.shutdown();
        broker.awaitShutdown();
    }
}
