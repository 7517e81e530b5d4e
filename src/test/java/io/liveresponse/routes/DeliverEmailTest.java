package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.simulator.SimulatorOptions;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliverEmailTest extends DeliverySupport {

    @BeforeEach
    void withMail() {
        simulatorWith(SimulatorOptions::withMail);
    }

    private MimeMessage onlyMail() {
        assertThat(simulator.mails()).hasSize(1);
        return simulator.mails().get(0);
    }

    /** The parts' contents by their type; an attachment's by its name. */
    private static Map<String, byte[]> parts(Part part) throws Exception {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                BodyPart one = several.getBodyPart(i);
                parts.putAll(parts(one));
            }
        } else {
            parts.put(part.getFileName() == null ? part.getContentType().replaceFirst(";.*", "") : part.getFileName(),
                    part.getInputStream().readAllBytes());
        }
        return parts;
    }

    @Test
    void oneMailWithTextHtmlAndTheBytesAttached() throws Exception {
        start();

        Exchange exchange = deliver("email", failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(onlyMail().getSubject()).contains("failed", "check.ps1", "ws-1.contoso.com", "contoso");
        Map<String, byte[]> parts = parts(onlyMail());
        assertThat(parts).containsOnlyKeys("text/plain", "text/html", "0.transcript.json");
        assertThat(parts.get("0.transcript.json")).isEqualTo(BYTES);
        assertThat(onlyMail().getContentType()).startsWith("multipart/mixed");
        assertThat(((Multipart) onlyMail().getContent()).getBodyPart(0).getContentType()).startsWith("multipart/alternative");
        assertThat(onlyMail().getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(new String(parts.get("text/plain"))).contains("some output", failed().sha256());
        assertThat(new String(parts.get("text/html"))).contains("some output", failed().sha256());
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void noHeaderFromOutsideChoosesAnything() throws Exception {
        start();
        Map<String, Object> hostile = new HashMap<>();
        for (String name : new String[]{"To", "to", "TO", "Cc", "CC", "Bcc", "bcc", "From", "Reply-To", "Sender", "Return-Path", "Subject",
                "Message-ID", "contentType", "Content-Type", "CamelMailReplyTo", "Resent-To", "Disposition-Notification-To"}) {
            hostile.put(name, "evil@evil.example");
        }
        hostile.put("mail.smtp.host", "evil.example");
        hostile.put("mail.smtp.port", "1");
        hostile.put("mail.smtp.from", "evil@evil.example");
        hostile.put("CamelToEndpoint", "mock:evil");
        hostile.put("liveResponseMailText", "evil");

        Exchange exchange = deliver("email", failed(), hostile);

        assertThat(exchange.getException()).isNull();
        assertThat(onlyMail().getAllRecipients()).extracting(Object::toString).containsExactly("soc@example.com");
        assertThat(onlyMail().getFrom()).extracting(Object::toString).containsExactly("live-response@example.com");
        StringBuilder headers = new StringBuilder();
        onlyMail().getAllHeaderLines().asIterator().forEachRemaining(line -> headers.append(line).append('\n'));
        assertThat(headers.toString()).doesNotContain("evil");
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void anOutcomeWithRecipientsOfItsOwnIsMailedToThemAlone(Outcome outcome) throws Exception {
        set("live-response.deliver.email.to." + outcome.label(), "one@example.com, two@example.com");
        start();

        deliver("email", result(outcome, null, "some output\n"), Map.of("To", "evil@evil.example"));

        // GreenMail keeps a copy for each recipient
        assertThat(simulator.mails()).hasSize(2).allSatisfy(mail -> assertThat(mail.getAllRecipients()).extracting(Object::toString)
                .containsExactly("one@example.com", "two@example.com"));
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void anOutcomeWithoutRecipientsOfItsOwnIsMailedToThoseOfAll(Outcome outcome) throws Exception {
        set("live-response.deliver.email.to." + outcome.label(), " ");
        Stream.of(Outcome.values()).filter(other -> other != outcome)
                .forEach(other -> set("live-response.deliver.email.to." + other.label(), "other@example.com"));
        start();

        deliver("email", result(outcome, null, "some output\n"), Map.of());

        assertThat(onlyMail().getAllRecipients()).extracting(Object::toString).containsExactly("soc@example.com");
    }

    @Test
    void withoutAnyRecipientTheSettingIsNamedAndNothingSent() throws Exception {
        set("live-response.deliver.email.to", "");
        set("live-response.retry.attempts", "1");
        start();

        assertThat(failure(deliver("email", failed(), Map.of("To", "evil@evil.example"))))
                .hasMessageContaining("live-response.deliver.email.to is missing");
        assertThat(simulator.mails()).isEmpty();
    }

    @Test
    void anEncodedWordInANameIsShownAsItStandsAndNotDecoded() throws Exception {
        start();
        Result result = failed();

        deliver("email",
                new Result(KEY, Outcome.FAILED, 3, "=?utf-8?Q?x=0D=0ABcc:_evil=40evil.example=E2=80=AE?= =?utf-8?B?RXZpbA==?=",
                        result.output(),
                        result.errors(), null, result.action(), result.blob()),
                Map.of());

        assertThat(onlyMail().getSubject()).contains("= ?utf-8?Q?x=0D=0ABcc:_evil=40evil.example=E2=80=AE?=", "= ?utf-8?B?RXZpbA==")
                .doesNotContain("\r", "\n", "\u202e", "Evil");
        assertThat(onlyMail().getAllRecipients()).hasSize(1);
    }

    @Test
    void theSameResultHasTheSameMessageId() throws Exception {
        start();
        deliver("email", failed(), Map.of());
        deliver("email", failed(), Map.of());

        assertThat(simulator.mails()).hasSize(2);
        assertThat(simulator.mails().get(0).getMessageID()).isEqualTo(simulator.mails().get(1).getMessageID())
                .isEqualTo("<contoso." + ACTION + ".0@live-response-routes.invalid>");
    }

    @Test
    void bothPartsTellWhatRanWhereForWhomAndHowItEnded() throws Exception {
        start();
        CapturedText output = new CapturedText(lines("out", 60), "", lines("out", 60).length());
        CapturedText errors = new CapturedText(lines("err", 60), "", lines("err", 60).length());
        Result plain = failed();

        deliver("email", new Result(KEY, Outcome.FAILED, 1603, "check.ps1", output, errors, null,
                new ActionFacts("RunScript", "check.ps1", null, "device-7", "ws-1.contoso.com", "anna@contoso.com", "Case 4711", null),
                plain.blob()), Map.of());

        Map<String, byte[]> parts = parts(onlyMail());
        String kept = results().resolve("contoso/ws-1.contoso.com/" + ACTION + "/0.transcript.json").toString();
        for (String type : new String[]{"text/plain", "text/html"}) {
            String part = new String(parts.get(type), StandardCharsets.UTF_8).replace("\r", "");
            assertThat(part).as(type).contains("check.ps1", "ws-1.contoso.com", "contoso", "failed", "1603", "anna@contoso.com",
                    "Case 4711", ACTION,
                    "attached (6 bytes), and kept as " + kept, plain.sha256());
            for (String stream : new String[]{"out", "err"}) {
                assertThat(part).as(type).contains(stream + " 1\n", stream + " 20\n", stream + " 41\n", stream + " 60")
                        .doesNotContain(stream + " 21\n", stream + " 40\n");
            }
            assertThat(part.split("characters left out", -1)).as(type).hasSize(3);
        }
    }

    private static String lines(String word, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> word + " " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void aResultWithoutBytesIsMailedWithoutAnAttachment() throws Exception {
        start();

        deliver("email", new Result(KEY, Outcome.ACTION_TIMED_OUT, null, null, CapturedText.EMPTY, CapturedText.EMPTY, null,
                ActionFacts.UNKNOWN, null), Map.of());

        Map<String, byte[]> parts = parts(onlyMail());
        assertThat(parts).containsOnlyKeys("text/plain", "text/html");
        assertThat(parts.values()).allSatisfy(part -> assertThat(new String(part)).contains("action-timed-out", "nothing came back"));
    }

    @Test
    void theHtmlPartAsksNobodyForAnything() throws Exception {
        start();

        deliver("email", failed(), Map.of());

        assertThat(new String(parts(onlyMail()).get("text/html")).toLowerCase(Locale.ROOT))
                .doesNotContain("src=", "href=", "url(", "@import", "<script", "http:", "https:").contains("color-scheme");
    }

    @Test
    void whatTheScriptWroteIsTextAndNoMarkupTemplateOrHeader() throws Exception {
        start();

        deliver("email", result(Outcome.FILE_RETRIEVED, "a\r\nBcc: evil@evil.example\r\n\r\n.txt",
                "<script>alert(1)</script> ${sys:user.home} {{env:HOME}} ${body} &amp; \"x\""), Map.of());

        Map<String, byte[]> parts = parts(onlyMail());
        String html = new String(parts.get("text/html"));
        assertThat(html).doesNotContain("<script>").contains("&lt;script&gt;").contains("${sys:user.home}", "&amp;amp;");
        assertThat(new String(parts.get("text/plain"))).contains("${sys:user.home}", "{{env:HOME}}", "${body}");
        assertThat(onlyMail().getAllRecipients()).hasSize(1);
    }

    @Test
    void bytesBeyondTheLimitAreNotAttached() throws Exception {
        set("live-response.deliver.email.max-attachment", BYTES.length - 1);
        start();

        deliver("email", failed(), Map.of());

        Map<String, byte[]> parts = parts(onlyMail());
        assertThat(parts).containsOnlyKeys("text/plain", "text/html");
        assertThat(parts.values()).allSatisfy(part -> assertThat(new String(part)).contains("kept as " + results(), "too large to attach"));
    }

    @Test
    void bytesAtTheLimitAreAttached() throws Exception {
        set("live-response.deliver.email.max-attachment", BYTES.length);
        start();

        deliver("email", failed(), Map.of());

        assertThat(parts(onlyMail())).containsKey("0.transcript.json");
    }

    @Test
    void aServerThatIsDownIsTriedAgainAndThenUnavailable() throws Exception {
        int nobodyThere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyThere = socket.getLocalPort();
        }
        set("live-response.deliver.email.port", nobodyThere);
        set("live-response.retry.attempts", "3");
        start();

        assertThat(failure(deliver("email", failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(waits.all()).hasSize(2);
        assertThat(simulator.mails()).isEmpty();
    }

    @Test
    void withoutAHostNoMailIsSentAndNothingFails() throws Exception {
        set("live-response.deliver.email.host", "");
        start();

        Exchange exchange = deliver("email", failed(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        assertThat(simulator.mails()).isEmpty();
    }

    @Test
    void aServerWithoutStartTlsGetsNoMailWhereItIsAskedFor() throws Exception {
        set("live-response.deliver.email.security", "starttls");
        set("live-response.retry.attempts", "1");
        start();

        assertThat(failure(deliver("email", failed(), Map.of())).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(simulator.mails()).isEmpty();
    }
}
