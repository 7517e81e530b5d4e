package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.JmsBroker;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class JmsIntakeTest {

    private static final String QUEUE = "live-response.requests";

    @TempDir
    Path directory;

    private JmsBroker broker;
    private Simulator simulator;
    private RunningService service;

    @BeforeEach
    void start() throws Exception {
        broker = JmsBroker.start();
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), Scenario.of(Scenario.demo().tenants())));
        service = new RunningService(simulator, directory, Map.of("live-response.intake.jms.enabled", "true",
                "live-response.intake.jms.url", broker.url(), "live-response.intake.jms.queue", QUEUE, "live-response.worker.period",
                "3600000"));
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        simulator.close();
        broker.close();
    }

    @Test
    void takesTextAndBytesOnceAndRejectsPoisonWithoutAskingForItForEver() throws Exception {
        try (JMSContext jms = new JmsConnectionFactory(broker.url()).createContext()) {
            Queue queue = jms.createQueue(QUEUE);
            Queue replies = jms.createQueue("replies");
            jms.createProducer().setJMSReplyTo(replies).setProperty("CamelFileName", "../../x").setProperty("tenant", "fabrikam")
                    .send(queue, line(1));
            jms.createProducer().send(queue, line(1));
            BytesMessage bytes = jms.createBytesMessage();
            bytes.writeBytes((line(2) + "no request\n").getBytes(StandardCharsets.UTF_8));
            jms.createProducer().send(queue, bytes);
            jms.createProducer().send(queue, "hello");
            jms.createProducer().send(queue, jms.createTextMessage());
            jms.createProducer().send(queue, jms.createObjectMessage(new ArrayList<>(List.of("x"))));
            jms.createProducer().send(queue, jms.createMapMessage());
            jms.createProducer().send(queue, line(3));

            await().atMost(Duration.ofSeconds(60)).until(() -> left() == 0 && service.all().size() == 3);
            assertThat(service.all()).extracting(RequestRecord::key).extracting(key -> key.tenant()).containsOnly("contoso");
            assertThat(rejections()).hasSize(5).allMatch(line -> line.contains("REQUEST_INVALID"));
            Message reply = jms.createConsumer(replies).receiveNoWait();
            assertThat(reply).isNull();
        }
        assertThat(directory.resolve("x")).doesNotExist();
    }

    /** What the queue holds, delivered but not yet acknowledged messages included. */
    private long left() {
        return broker.server().locateQueue(QUEUE).getMessageCount();
    }

    private List<String> rejections() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("data/rejected"))) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static String line(int n) {
        return "{\"tenant\":\"contoso\",\"machineActionId\":\"00000000-0000-4000-8000-%012d\",\"commandIndex\":0}\n".formatted(n);
    }
}
