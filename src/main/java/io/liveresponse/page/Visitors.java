package io.liveresponse.page;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Tells visitors apart by a cookie that this process signs, and derives from it the token that a form brings back. The key is made
 * at startup: a restart logs everybody out. Thread-safe.
 */
final class Visitors {

    static final String COOKIE = "live_response_session";

    private final SecureRandom random = new SecureRandom();
    private final byte[] signing = new byte[32];

    Visitors() {
        random.nextBytes(signing);
    }

    /** What a form of this visitor's has to bring back. */
    String token(String visitor) {
        return sign("token", visitor);
    }

    boolean isToken(String visitor, String shown) {
        return shown != null
                && MessageDigest.isEqual(sign("token", visitor).getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /** The visitor's cookie, made at the first visit; one that this process did not make is replaced. */
    String of(HttpServerRequest request, HttpServerResponse response) {
        Cookie made = response.removeCookie(COOKIE, false);
        if (made != null) {
            response.addCookie(made);
        }
        Cookie cookie = request.getCookie(COOKIE);
        if (cookie != null && isOurs(cookie.getValue())) {
            return cookie.getValue();
        }
        return fresh(request, response);
    }

    private boolean isOurs(String visitor) {
        int dot = visitor.indexOf('.');
        return dot > 0 && MessageDigest.isEqual(sign("visitor", visitor.substring(0, dot)).getBytes(StandardCharsets.UTF_8),
                visitor.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    }

    /** A new visitor, in place of the one that the cookie names. */
    String fresh(HttpServerRequest request, HttpServerResponse response) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        String visitor = id + "." + sign("visitor", id);
        response.addCookie(Cookie.cookie(COOKIE, visitor).setPath("/").setHttpOnly(true).setSameSite(CookieSameSite.STRICT)
                .setSecure(request.isSSL()));
        return visitor;
    }

    private String sign(String purpose, String text) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(new HmacUtils(HmacAlgorithms.HMAC_SHA_256, signing).hmac(purpose + ":" + text));
    }
}
