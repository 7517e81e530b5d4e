package io.liveresponse.simulator.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Access tokens in the shape of Entra's version 1, signed with a key that lives as long as the simulator. Thread-safe. */
public final class AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int KEY_BYTES = 32;

    private final byte[] key = new byte[KEY_BYTES];
    private final Clock clock;
    private final Duration lifetime;
    private final AtomicLong serial = new AtomicLong();
    private volatile long revokedUpTo;

    public AccessTokens(Clock clock, Duration lifetime) {
        new SecureRandom().nextBytes(key);
        this.clock = clock;
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** A token for the tenant's app. */
    String issue(SimulatorTenant tenant, String audience) {
        Instant now = clock.instant();
        ObjectNode claims = JSON.createObjectNode()
                .put("aud", audience)
                .put("iss", "https://sts.windows.net/" + tenant.tenantId() + "/")
                .put("iat", now.getEpochSecond())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond())
                .put("exp_ms", now.plus(lifetime).toEpochMilli())
                .put("appid", tenant.clientId())
                .put("appidacr", "1")
                .put("idtyp", "app")
                .put("tid", tenant.tenantId())
                .put("uti", UUID.randomUUID().toString())
                .put("serial", serial.incrementAndGet())
                .put("ver", "1.0");
        claims.set("roles", JSON.valueToTree(tenant.roles()));
        ObjectNode header = JSON.createObjectNode().put("typ", "JWT").put("alg", "HS256").put("kid", "simulator");
        String signed = part(header) + "." + part(claims);
        return signed + "." + signature(signed);
    }

    /** From now on the API refuses every token issued so far. */
    public void revokeAll() {
        revokedUpTo = serial.get();
    }

    /** The claims of a token that was issued here, be it good or not; else empty. */
    public Optional<JsonNode> claims(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 0 || !MessageDigest.isEqual(
                signature(token.substring(0, dot)).getBytes(StandardCharsets.UTF_8),
                token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(Base64.getUrlDecoder().decode(token.substring(token.indexOf('.') + 1, dot))));
        } catch (IOException e) {
            throw new IllegalStateException("a token signed here is not JSON", e);
        }
    }

    /** True if a token with these claims has not ended and is not revoked. */
    public boolean good(JsonNode claims) {
        return claims.path("exp_ms").asLong() > clock.millis() && claims.path("serial").asLong() > revokedUpTo;
    }

    private static String part(JsonNode json) {
        return ENCODER.encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String signature(String text) {
        return ENCODER.encodeToString(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(text));
    }
}
