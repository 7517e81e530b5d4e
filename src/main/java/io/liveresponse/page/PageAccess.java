package io.liveresponse.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may see the page. A browser on this machine that asks for a loopback name needs no login; the name is checked, since a
 * page of another site could otherwise reach the port through a name of its own (DNS rebinding). From anywhere else the key is
 * needed, once, and is then a session. What changes something needs the token of the visitor's own cookie and an {@code Origin}
 * of this page. Thread-safe.
 */
final class PageAccess {

    static final String TOKEN_FIELD = "token";

    private static final Duration SESSION = Duration.ofHours(8);
    private static final int MAX_SESSIONS = 1_000;
    private static final int MAX_FAILURES = 5;
    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private final byte[] key;
    private final InstantSource time;
    private final Visitors visitors = new Visitors();
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
    private Instant windowStart = Instant.MIN;
    private int failures;

    /** @param key empty if the page is for this machine alone */
    PageAccess(Optional<String> key, InstantSource time) {
        this.key = key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
        this.time = time;
    }

    /** Lets the visitor on, or answers with the login page or a refusal. */
    void check(RoutingContext call) {
        setHeaders(call.response());
        HttpServerRequest request = call.request();
        if (!isOwnOrigin(request)) {
            refuse(call, 403, "The request comes from another site.");
            return;
        }
        String visitor = visitors.of(request, call.response());
        if (!READING.contains(request.method()) && !visitors.isToken(visitor, request.getFormAttribute(TOKEN_FIELD))) {
            refuse(call, 403, "The form is out of date. Go back, reload the page and try again.");
            return;
        }
        if (call.normalizedPath().equals("/login") || call.normalizedPath().startsWith("/static/") || mayPass(request, visitor)) {
            call.next();
        } else if (key == null) {
            refuse(call, 403, "The page is served to this machine only. Set live-response.page.key to serve it to others.");
        } else if (call.normalizedPath().startsWith("/api/") || call.normalizedPath().equals("/events")) {
            refuse(call, 401, "Log in first.");
        } else {
            call.response().setStatusCode(303).putHeader("Location", "/login").end();
        }
    }

    /** Whether the visitor may see the page because of a session. */
    boolean isLoggedIn(RoutingContext call) {
        return !isLoopback(call.request());
    }

    private boolean mayPass(HttpServerRequest request, String visitor) {
        if (isLoopback(request)) {
            return true;
        }
        Instant until = sessions.get(visitor);
        return until != null && time.instant().isBefore(until);
    }

    private static boolean isLoopback(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return request.remoteAddress() != null && ("127.0.0.1".equals(request.remoteAddress().hostAddress())
                || "0:0:0:0:0:0:0:1".equals(request.remoteAddress().hostAddress()) || "::1".equals(request.remoteAddress().hostAddress()))
                && authority != null && LOOPBACK_NAMES.contains(authority.host());
    }

    /** A browser names the site that a request comes from; a tool that names none can hold no cookie of somebody else's. */
    private static boolean isOwnOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !Set.of("same-origin", "none").contains(site)) {
            return READING.contains(request.method()) && "navigate".equals(request.getHeader("Sec-Fetch-Mode")) && origin == null;
        }
        if (origin == null) {
            return true;
        }
        try {
            HostAndPort authority = request.authority();
            return authority != null && authority.toString().equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Opens a session if the key fits.
     *
     * @return false if it does not, or if there were too many wrong ones within the last minute
     */
    boolean logIn(RoutingContext call, String shown) {
        if (key == null || isBlocked()) {
            return false;
        }
        if (shown == null || !MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8))) {
            countFailure();
            return false;
        }
        Instant now = time.instant();
        sessions.values().removeIf(now::isAfter);
        if (sessions.size() >= MAX_SESSIONS) {
            sessions.clear();
        }
        sessions.put(visitors.fresh(call.request(), call.response()), now.plus(SESSION));
        return true;
    }

    void logOut(RoutingContext call) {
        sessions.remove(visitors.of(call.request(), call.response()));
        visitors.fresh(call.request(), call.response());
    }

    synchronized boolean isBlocked() {
        return failures >= MAX_FAILURES && time.instant().isBefore(windowStart.plus(FAILURE_WINDOW));
    }

    private synchronized void countFailure() {
        Instant now = time.instant();
        if (!now.isBefore(windowStart.equals(Instant.MIN) ? Instant.MIN : windowStart.plus(FAILURE_WINDOW))) {
            windowStart = now;
            failures = 0;
        }
        failures++;
    }

    /** What a form of this visitor's has to bring back. */
    String token(RoutingContext call) {
        return visitors.token(visitors.of(call.request(), call.response()));
    }

    private static void setHeaders(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY).putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("X-Frame-Options", "DENY").putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin").putHeader("Cache-Control", "no-store");
    }

    private static void refuse(RoutingContext call, int status, String why) {
        call.response().setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(why + "\n");
    }
}
