package io.liveresponse.simulator.store;

import io.liveresponse.model.ResultKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Links of the documented shape. Each signature has a raw slash and an escaped equals sign in it, as the documented sample
 * has, so that a client that decodes and encodes the query breaks it. Thread-safe.
 */
public final class SignedLinks {

    private static final Pattern END = Pattern.compile("se=([^&]*)&.*");
    private static final Duration EXPIRED_FOR = Duration.ofMinutes(1);
    private static final int KEY_BYTES = 32;

    private final Clock clock;
    private final Duration lifetime;
    private final Supplier<URI> store;
    private final byte[] key = new byte[KEY_BYTES];

    public SignedLinks(Clock clock, Duration lifetime, Supplier<URI> store) {
        new SecureRandom().nextBytes(key);
        this.clock = clock;
        this.lifetime = lifetime;
        this.store = store;
    }

    public static String pathOf(ResultKey result) {
        return "/investigation-actions-data/ID/CustomPlaybookCommandOutput/" + DigestUtils.sha256Hex(result.toString()).substring(0, 32);
    }

    public String link(ResultKey result) {
        return link(result, clock.instant().plus(lifetime));
    }

    /** A link that was good until a minute ago. */
    public String expiredLink(ResultKey result) {
        return link(result, clock.instant().minus(EXPIRED_FOR));
    }

    /** True if the query is, byte for byte, one that was signed here for this path and has not ended. */
    boolean accepts(String path, String rawQuery) {
        Matcher end = END.matcher(rawQuery);
        if (!end.matches()) {
            return false;
        }
        try {
            Instant until = Instant.parse(end.group(1).replace("%3A", ":"));
            return rawQuery.equals(query(path, until)) && clock.instant().isBefore(until);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private String link(ResultKey result, Instant until) {
        String path = pathOf(result);
        return store.get() + path + "?" + query(path, until);
    }

    private String query(String path, Instant until) {
        String end = until.truncatedTo(ChronoUnit.SECONDS).toString();
        String signature;
        int attempt = 0;
        do {
            signature = signature(path + " " + end + " " + attempt++);
        } while (signature.indexOf('/') < 0 || signature.indexOf('+') >= 0);
        return "se=" + end.replace(":", "%3A") + "&sp=r&sv=2019-07-07&sr=b&sig=" + signature.replace("=", "%3D");
    }

    private String signature(String text) {
        return Base64.getEncoder().encodeToString(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(text));
    }
}
