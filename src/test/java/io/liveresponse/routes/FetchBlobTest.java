package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.fetch.http.LinkGuard;
import io.liveresponse.fetch.http.RawServer;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Result;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.simulator.SettableClock;
import io.liveresponse.simulator.http.Call;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchBlobTest extends RoutesTestSupport {

    private static final String SPOOLED = "contoso/" + ACTION + "-0.blob";
    private static final String EMPTY_ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final int LAST_LINK = 4;

    private Exchange follow(String link, int linksAsked) throws Exception {
        LinkGuard guard = context.getRegistry().lookupByNameAndType("liveResponseLinkRules", LinkGuard.class);
        Object checked = guard.check(link);
        return template.request("direct:live-response-call-blob-store", exchange -> {
            exchange.setVariable("liveResponseKey", KEY);
            exchange.getMessage().setBody(checked);
            exchange.setVariable("liveResponseLinksAsked", linksAsked);
            exchange.getMessage().setHeader("Authorization", "Bearer left-over");
            exchange.getMessage().setHeader("X-Callers", "own");
        });
    }

    private void allow(RawServer store) {
        set("live-response.link.allowed-hosts", "localhost:" + store.port());
        set("live-response.link.allowed-schemes", "http");
    }

    private long linkCalls() {
        return simulator.journal().count(EndpointKind.LINK);
    }

    private List<Call> blobCalls() {
        return simulator.journal().calls(EndpointKind.BLOB);
    }

    private Map<String, Long> spool() throws Exception {
        return filesIn(data().resolve("spool"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "?se=2021-02-04T16%3A13%3A50Z&sp=r&sv=2019-07-07&sr=b&sig=1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY%3D",
            "?sv=2019-07-07&sig=a+b/c%2Bd%3D&se=2021-02-04T16%3A13%3A50Z&rscd=attachment%3B%20filename%3D%22a%20b%22",
            "/~tilde?sig=a~b&z=1&a=2&&empty=&flag",
            "/%E4%BD%A0%2F%20x?sig=%e4%2f%3d'()*!",
            "/%7B%7Benv:HOME%7D%7D/a%00b?sig=%24%7Bbody%7D&x=%7B%7B%3Fy%7D%7D"})
    void theLinkReachesTheStoreByteForByte(String rest) throws Exception {
        String target = "/investigation-actions-data/ID/CustomPlaybookCommandOutput/4ed5e7807ad1fe59b6fa9a6b" + rest;
        try (RawServer store = RawServer.answering(EMPTY_ANSWER)) {
            allow(store);
            start();

            Exchange exchange = follow("http://localhost:" + store.port() + target, LAST_LINK);

            assertThat(exchange.getException()).isNull();
            assertThat(store.requests()).hasSize(1);
            assertThat(store.requests().get(0).get(0)).isEqualTo("GET " + target + " HTTP/1.1");
        }
    }

    @Test
    void onlyTheUsualHeadersGoWithIt() throws Exception {
        try (RawServer store = RawServer.answering(EMPTY_ANSWER)) {
            allow(store);
            start();

            Exchange exchange = follow("http://localhost:" + store.port() + "/x?sig=1", 1);

            assertThat(store.requests().get(0).stream().skip(1).map(line -> line.replaceFirst(":.*", "")))
                    .containsExactlyInAnyOrder("Host", "Connection", "User-Agent");
            assertThat(exchange.getMessage().getHeaders()).isEmpty();
        }
    }

    @Test
    void theBytesLieInTheSpoolAsReceived() throws Exception {
        scenario(Scenario.of(List.of(CONTOSO, FABRIKAM), ScenarioAction.of("contoso", ACTION,
                ScenarioCommand.getFile("C:\\Temp\\out.zip", ScenarioBlob.text("the file").gzipped().named("out.zip")))));
        start();

        Result result = result(fetch(KEY));

        SpooledBlob blob = result.blob();
        assertThat(spool()).containsOnlyKeys(SPOOLED);
        byte[] bytes = Files.readAllBytes(data().resolve("spool").resolve(SPOOLED));
        assertThat(bytes).startsWith(0x1f, 0x8b);
        assertThat(blob.size()).isEqualTo(bytes.length);
        assertThat(blob.sha256()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(blob.gzip()).isTrue();
        assertThat(blob.offeredFileName()).isEqualTo("out.zip");
        assertThat(blob.receivedAt()).isEqualTo(clock.instant());
        assertThat(blobCalls()).hasSize(1);
    }

    @Test
    void the_bytes_are_kept_as_received_also_if_the_store_calls_them_compressed() throws Exception {
        byte[] packed = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
        try (RawServer store = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length
                + "\r\n\r\n" + new String(packed, StandardCharsets.ISO_8859_1))) {
            allow(store);
            start();

            Exchange exchange = follow("http://localhost:" + store.port() + "/x?sig=1", 1);

            assertThat(Files.readAllBytes(exchange.getMessage().getBody(SpooledBlob.class).path())).isEqualTo(packed);
        }
    }

    @Test
    void aFileNameThatTheStoreMadeFromTheLinkHoldsNothingOfItsQuery() throws Exception {
        start();
        List<String> links = new ArrayList<>();
        simulator.faults().on(EndpointKind.LINK).once(Fault.link(link -> {
            links.add(link);
            simulator.faults().on(EndpointKind.BLOB).once(Fault.headers(Map.of("Content-Disposition",
                    "attachment; filename=\"report " + link.substring(link.indexOf('?') + 1) + ".txt\"")));
            return link;
        }));

        SpooledBlob blob = result(fetch(KEY)).blob();

        assertThat(links).hasSize(1);
        assertThat(blob.offeredFileName()).startsWith("report ***").doesNotContain("sig=", "sv=",
                links.get(0).substring(links.get(0).indexOf("sig=") + 4));
    }

    @Test
    void headersOfTheStoreDoNotReachTheRoute() throws Exception {
        start();
        simulator.faults().on(EndpointKind.BLOB).once(Fault.headers(Map.of("To", "evil@example.com", "Subject", "x",
                "mail.smtp.host", "evil.example", "CamelFileName", "evil", "operationName", "evil")));

        Exchange exchange = fetch(KEY);

        assertThat(result(exchange).key()).isEqualTo(KEY);
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 410})
    void aLinkThatTheStoreRefusesIsReplacedThreeTimesAndThenGivenUp(int status) throws Exception {
        start();
        simulator.faults().on(EndpointKind.BLOB).always(Fault.status(status));

        Exchange exchange = fetch(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.BLOB_LINK_EXPIRED);
        assertThat(linkCalls()).isEqualTo(LAST_LINK);
        assertThat(blobCalls()).hasSize(LAST_LINK);
        assertThat(waits.all()).isEmpty();
        assertThat(spool()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"AuthenticationFailed, 403 (AuthenticationFailed) for", "no code: https://x/?sig=1, 403 for"})
    void the_stores_own_error_code_is_shown_and_nothing_else_of_that_header(String header, String shown) throws Exception {
        start();
        simulator.faults().on(EndpointKind.BLOB).always(Fault.answer(403, Map.of("x-ms-error-code", header), "<Error/>"));

        assertThat(failure(fetch(KEY)).getMessage()).startsWith("the blob store answers " + shown);
    }

    @Test
    void aNewLinkIsFollowedWhereTheFirstWasRefused() throws Exception {
        start();
        simulator.faults().on(EndpointKind.BLOB).once(Fault.status(403));

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(linkCalls()).isEqualTo(2);
        assertThat(blobCalls()).hasSize(2);
    }

    @Test
    void aLinkNearItsEndIsNotFollowedButReplaced() throws Exception {
        start();
        simulator.faults().on(EndpointKind.LINK).once(Fault.expiredLink());

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(linkCalls()).isEqualTo(2);
        assertThat(blobCalls()).hasSize(1);
    }

    @Test
    void theLastLinkIsFollowedHoweverNearItsEnd() throws Exception {
        simulatorWith(options -> options.withLinkLifetime(Duration.ofSeconds(45)));
        start();

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);
        assertThat(linkCalls()).isEqualTo(LAST_LINK);
        assertThat(blobCalls()).hasSize(1);
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of(Fault.status(500), FailureCode.BLOB_SERVER_ERROR),
                Arguments.of(Fault.status(503), FailureCode.BLOB_SERVER_ERROR),
                Arguments.of(Fault.status(429), FailureCode.BLOB_SERVER_ERROR),
                Arguments.of(Fault.redirect("https://localhost/elsewhere"), FailureCode.BLOB_SERVER_ERROR),
                Arguments.of(Fault.reset(), FailureCode.BLOB_UNREACHABLE),
                Arguments.of(Fault.close(), FailureCode.BLOB_UNREACHABLE),
                Arguments.of(Fault.hold(), FailureCode.BLOB_UNREACHABLE),
                Arguments.of(Fault.cut(10), FailureCode.BLOB_CUT_SHORT));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFaultThatPassesIsTriedAgainFromTheTop(Fault fault, FailureCode code) throws Exception {
        set("live-response.http.response-timeout", "700");
        start();
        simulator.faults().on(EndpointKind.BLOB).once(fault);

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);

        assertThat(linkCalls()).isEqualTo(2);
        assertThat(blobCalls()).hasSize(2);
        assertThat(waits.all()).hasSize(1);
        assertThat(simulator.journal().unexpected()).isEmpty();
        assertThat(spool()).containsOnlyKeys(SPOOLED);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aFaultThatDoesNotPassEndsWithItsCodeAndLeavesNothing(Fault fault, FailureCode code) throws Exception {
        set("live-response.http.response-timeout", "700");
        set("live-response.retry.attempts", "2");
        start();
        simulator.faults().on(EndpointKind.BLOB).always(fault);

        Exchange exchange = fetch(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(code);
        assertThat(blobCalls()).hasSize(2);
        assertThat(linkCalls()).isEqualTo(2);
        assertThat(everythingOn(exchange)).doesNotContain("sig=", "Bearer");
        assertThat(spool()).isEmpty();
    }

    @Test
    void aHostThatIsNotAllowedGetsNotOneConnection() throws Exception {
        try (RawServer stranger = RawServer.answering(EMPTY_ANSWER)) {
            start();
            simulator.faults().on(EndpointKind.LINK).always(Fault.link(value -> "https://localhost:" + stranger.port() + "/x?sig=1"));

            assertThat(failure(fetch(KEY)).getCode()).isEqualTo(FailureCode.BLOB_HOST_REFUSED);
            assertThat(stranger.connections()).isZero();
            assertThat(linkCalls()).isEqualTo(1);
            assertThat(blobCalls()).isEmpty();
        }
    }

    @Test
    void aBlobBeyondTheLimitIsRefusedAndLeavesNoFile() throws Exception {
        set("live-response.result.max-bytes", "64KB");
        scenario(Scenario.of(List.of(CONTOSO, FABRIKAM), ScenarioAction.of("contoso", ACTION,
                ScenarioCommand.getFile("C:\\big", ScenarioBlob.generated(65_537)),
                ScenarioCommand.getFile("C:\\fits", ScenarioBlob.generated(65_536)))));
        start();

        Exchange exchange = fetch(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.BLOB_TOO_LARGE);
        assertThat(failure(exchange)).hasMessageContaining("live-response.result.max-bytes");
        assertThat(blobCalls()).hasSize(1);
        assertThat(spool()).isEmpty();
        assertThat(result(fetch(key(1))).sizeBytes()).isEqualTo(65_536);
    }

    @Test
    void aStoreThatDripsIsGivenUp() throws Exception {
        beans.put("liveResponseClock", new TickingClock(clock));
        set("live-response.retry.attempts", "1");
        start();
        simulator.faults().on(EndpointKind.BLOB).once(Fault.drip(Duration.ofMillis(5)));

        assertThat(failure(fetch(KEY)).getCode()).isEqualTo(FailureCode.BLOB_CUT_SHORT);
        assertThat(blobCalls()).hasSize(1);
        assertThat(spool()).isEmpty();
    }

    @Test
    void aSpoolThatTakesNoBytesSaysSo() throws Exception {
        set("live-response.retry.attempts", "2");
        Files.createDirectories(data());
        Files.writeString(data().resolve("spool"), "a file where the directory should be", StandardCharsets.UTF_8);
        start();

        Exchange exchange = fetch(KEY);

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.BLOB_NOT_STORED);
        assertThat(blobCalls()).hasSize(2);
    }

    @Test
    void aResultFetchedAgainReplacesItsFile() throws Exception {
        start();
        fetch(KEY);
        fetch(KEY);

        assertThat(spool()).containsOnlyKeys(SPOOLED);
    }

    /** A second passes whenever it is looked at. */
    private static final class TickingClock extends Clock {

        private final SettableClock clock;

        TickingClock(SettableClock clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            clock.advance(Duration.ofSeconds(1));
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
