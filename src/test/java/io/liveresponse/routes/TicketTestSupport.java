package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.Ticket;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;

/** Results that go straight to a ticket system of the simulator. */
abstract class TicketTestSupport extends BundleTestSupport {

    static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    static final ResultKey KEY = new ResultKey("contoso", ACTION, 1);
    static final List<EndpointKind> CALLS = List.of(EndpointKind.TICKET, EndpointKind.TICKET_LOOKUP, EndpointKind.TICKET_NOTE,
            EndpointKind.TICKET_FILE, EndpointKind.TICKET_TOKEN);

    abstract TicketSystem.Kind ticketSystemKind();

    final List<Ticket> tickets() {
        return simulator.ticketSystem(ticketSystemKind()).tickets();
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = super.settings();
        settings.putAll(simulator.settings(ticketSystemKind()));
        settings.put("live-response.retry.attempts", "4");
        settings.put("live-response.deliver.ticket.settle-time", "50");
        return settings;
    }

    Result result(ResultKey key, Outcome outcome, String text) throws Exception {
        return result(key, outcome, "collect.ps1", text, null);
    }

    Result result(ResultKey key, Outcome outcome, String script, String text, String device) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve(UUID.randomUUID().toString()), bytes);
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return new Result(key, outcome, 7, script, new CapturedText(text, "", text.length()), CapturedText.EMPTY, null,
                new ActionFacts("RunScript", script, null, "id", device == null ? "pc-1" : device, "Eve", null, null),
                new SpooledBlob(file, sha256, bytes.length, false, null, Instant.EPOCH));
    }

    Exchange deliver(Result result) {
        return deliver(result, null);
    }

    Exchange deliver(Result result, String urgency) {
        return template.request("direct:live-response-to-ticket", exchange -> {
            exchange.setVariable("liveResponseUrgency", urgency);
            exchange.getMessage().setHeader("CamelHttpQuery", "from=outside");
            exchange.getMessage().setHeader("X-From-Outside", "yes");
            exchange.getMessage().setBody(result);
        });
    }

    static LiveResponseException failure(Exchange exchange) {
        return exchange.getException(LiveResponseException.class);
    }

    /** How many calls of each kind of {@link #CALLS} the ticket system got. */
    List<Long> calls() {
        return CALLS.stream().map(simulator.journal()::count).toList();
    }

    /** 50 results at once; each first creation is committed and its answer lost, in turn by a drop, by a 502, by silence. */
    void deliverFiftyWithLostAnswers() throws Exception {
        List<ResultKey> keys = IntStream.range(0, 50).mapToObj(index -> new ResultKey("contoso", ACTION, index)).toList();
        List<Fault> faults = List.of(Fault.commitAndClose(), Fault.commitAndAnswer(502), Fault.commitAndHold());
        keys.forEach(key -> simulator.faults().on(EndpointKind.TICKET).key(key).once(faults.get(key.commandIndex() % faults.size())));
        ExecutorService workers = Executors.newFixedThreadPool(10);
        try {
            for (var delivered : workers.invokeAll(keys.stream().<java.util.concurrent.Callable<Exchange>>map(
                    key -> () -> deliver(result(key, Outcome.FAILED, "text of " + key))).toList())) {
                assertThat(delivered.get().getException()).isNull();
            }
        } finally {
            workers.shutdown();
            assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tickets()).hasSize(50).extracting(Ticket::idempotencyKey).doesNotHaveDuplicates();
        assertThat(simulator.journal().count(EndpointKind.TICKET)).as("creations asked for").isEqualTo(50);
        assertNothingUnexpected();
    }

    void assertNothingUnexpected() {
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(simulator.journal().calls()).allSatisfy(call -> {
            assertThat(call.header("X-From-Outside")).isEmpty();
            assertThat(call.target()).doesNotContain("from=outside");
        });
    }

    static List<String> hostileTexts() throws IOException {
        return List.of("a^ORcorrelation_idISNOTEMPTY", "x\" OR project = \"SECRET",
                "{{env:PATH}} ${env:PATH} ${body} {{live-response.tenants}}",
                "line 1\r\nX-Injected: yes\r\n\r\nbody", "<img src=x onerror=alert(1)>&amp;", "[code]<script>alert(1)</script>[/code]",
                "{noformat}[~admin] !http://evil.example/x.png!{noformat}",
                "\u202e\u0000\u0007\uD800 <!channel> <http://evil.example|click>",
                "\",\"project\":{\"key\":\"EVIL\"},\"x\":\"", "../../etc/passwd");
    }
}
