package io.liveresponse.deliver.ticket;

import io.liveresponse.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import javax.crypto.Mac;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Adds the header fields of {@code live-response.deliver.ticket.headers}, and if there is a signing secret
 * {@value #TIMESTAMP} (seconds since 1970) and {@value #SIGNATURE}: {@code v1=} and, in hex, HMAC-SHA256 over the time
 * stamp, a dot and the body. The body is bytes afterwards, those that were signed. Thread-safe.
 */
public final class WebhookHeaders implements Processor {

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final String TIMESTAMP = "X-LiveResponse-Timestamp";
    private static final String SIGNATURE = "X-LiveResponse-Signature";

    private final Settings settings;
    private final Clock clock;

    public WebhookHeaders(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        for (String header : settings.list(PREFIX + "headers")) {
            int equals = header.indexOf('=');
            message.setHeader(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
        }
        byte[] body = message.getBody(byte[].class);
        message.setBody(body);
        Optional<String> secret = settings.find(PREFIX + "signing-secret");
        if (secret.isPresent()) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            message.setHeader(TIMESTAMP, timestamp);
            message.setHeader(SIGNATURE, "v1=" + sign(secret.get(), timestamp, body));
        }
    }

    private static String sign(String secret, String timestamp, byte[] body) {
        Mac mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, secret.getBytes(StandardCharsets.UTF_8));
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return Hex.encodeHexString(mac.doFinal(body));
    }
}
