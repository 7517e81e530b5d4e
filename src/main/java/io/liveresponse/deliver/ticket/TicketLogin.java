package io.liveresponse.deliver.ticket;

import io.liveresponse.fetch.token.CachedToken;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.function.Suppliers;

/**
 * The ticket system's login, looked up for each call so that a rotated secret is seen: client credentials if a client id is set,
 * user and password (or token, as Jira Cloud wants it) if a user is, else the token as a bearer. Thread-safe.
 */
public final class TicketLogin {

    private static final String PREFIX = "live-response.deliver.ticket.";
    private static final String BEARER = "Bearer ";

    private final Settings settings;
    private final Supplier<CachedToken> tokens;

    /** @param tls asked for only if a token has to be fetched */
    public TicketLogin(Settings settings, Supplier<SSLContext> tls, Redactor redactor, Clock clock) {
        this.settings = settings;
        this.tokens = Suppliers.memorize(() -> new CachedToken(
                "ticket system", TicketSystemToken.supplier(settings, tls, clock), redactor, TicketLogin::name));
    }

    /** The {@code Authorization} header, or null if no login is set. */
    public String authorization() throws LiveResponseException {
        if (settings.find(PREFIX + "client-id").isPresent()) {
            return BEARER + tokens.get().current();
        }
        Optional<String> token = settings.find(PREFIX + "token");
        return settings.find(PREFIX + "user")
                .map(user -> "Basic " + Base64.getEncoder().encodeToString((user + ":"
                        + settings.find(PREFIX + "password").or(() -> token).orElse("")).getBytes(StandardCharsets.UTF_8)))
                .or(() -> token.map(text -> BEARER + text))
                .orElse(null);
    }

    /** Reports that the ticket system refused this header; true if another token can be fetched. */
    public boolean refused(String authorization) {
        return settings.find(PREFIX + "client-id").isPresent() && !authorization.isEmpty()
                && tokens.get().refused(authorization.substring(BEARER.length()));
    }

    private static LiveResponseException name(RuntimeException thrown) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        return named != null
                ? named
                : new LiveResponseException(FailureCode.DELIVERY_REFUSED,
                        "no token can be asked for (" + thrown.getClass().getSimpleName() + "); check " + PREFIX + "client-id, " + PREFIX
                                + "client-secret and " + PREFIX + "url");
    }
}
