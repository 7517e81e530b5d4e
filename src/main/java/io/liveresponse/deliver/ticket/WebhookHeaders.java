package io.liveresponse.deliver.ticket;

import io.liveresponse.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Adds the header fields of {@code live-response.deliver.ticket.headers}, and if there is a signing secret
 * {@value #TIMESTAMP} (seconds since 1970) and {@value #SIGNATURE}: {@code v1=} and, in hex, HMAC-SHA256 over the time
 * stamp, a dot and the body. The body is bytes afterwards, those that were signed. Thread-safe.
 */
public final class WebhookHeaders implements Processor {

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final String TIMESTAMP = "X-LiveResponse-Timestamp";
    private static final String SIGNATURE = "X-LiveResponse-Signature";
    private static final String ALGORITHM = "HmacSHA256";

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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
