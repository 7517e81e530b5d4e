package io.liveresponse.fetch.token;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.SimpleTokenCache;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One token: cached, refreshed before it expires, one request however many threads ask (both by azure-core's
 * {@link SimpleTokenCache}). Thread-safe.
 */
public final class CachedToken {

    /** {@link SimpleTokenCache} waits as long between two tries to refresh a token. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);

    private final Function<RuntimeException, LiveResponseException> fault;
    private final TokenRequestContext scope;
    private final Supplier<TokenCredential> credentials;
    private final Redactor redactor;
    private final LongSupplier nanoTime;

    private TokenCredential credential;
    private SimpleTokenCache cache;
    private AccessToken last;
    private String issued;
    /** The one before, still hidden: calls that it was sent with may yet be answered, and be answered with it. */
    private String retired;
    private String replacement;
    private long replacedAt;
    private boolean replacing;

    /**
     * @param credentials makes a credential with an empty cache of its own
     * @param fault       names what a credential throws
     */
    public CachedToken(String scope, Supplier<TokenCredential> credentials, Redactor redactor,
            Function<RuntimeException, LiveResponseException> fault) {
        this(scope, credentials, redactor, fault, System::nanoTime);
    }

    CachedToken(String scope, Supplier<TokenCredential> credentials, Redactor redactor,
            Function<RuntimeException, LiveResponseException> fault, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.fault = fault;
        this.scope = new TokenRequestContext().addScopes(scope);
        this.credentials = credentials;
        this.redactor = redactor;
        this.credential = credentials.get();
        this.cache = newCache();
    }

    /** The token. Blocks while it is fetched. */
    public String current() throws LiveResponseException {
        SimpleTokenCache asked = cache();
        AccessToken token;
        try {
            token = asked.getToken().block();
        } catch (RuntimeException e) {
            startAnew(asked);
            throw fault.apply(e);
        }
        return remember(asked, token);
    }

    /**
     * Says that the token was refused, or grants too little; true if another is to be had. A replacement that is refused within 30 s of
     * its issue is not replaced: that is a matter for people, and later a new one holds what they have granted.
     */
    public synchronized boolean refused(String token) {
        if (!token.equals(issued)) {
            return true;
        }
        if (token.equals(replacement) && nanoTime.getAsLong() - replacedAt < LEAST_LIFE.toNanos()) {
            return false;
        }
        // A new credential, since the old one would hand out the refused token from its own cache.
        credential = credentials.get();
        cache = newCache();
        last = null;
        retire();
        replacing = true;
        return true;
    }

    /** A token that has ended gives way at once: the cache itself would let its callers wait until 30 s after its last request. */
    private synchronized SimpleTokenCache cache() {
        if (last != null && last.isExpired()) {
            cache = newCache();
            last = null;
        }
        return cache;
    }

    /** After a failure too the cache would make the next caller wait; when to ask again is the retry table's business. */
    private synchronized void startAnew(SimpleTokenCache failed) {
        if (failed == cache) {
            cache = newCache();
            last = null;
        }
    }

    private synchronized String remember(SimpleTokenCache asked, AccessToken answer) {
        String token = answer.getToken();
        if (asked == cache) {
            last = answer;
        }
        if (asked == cache && !token.equals(issued)) {
            redactor.hide(token);
            retire();
            issued = token;
            if (replacing) {
                replacement = token;
                replacedAt = nanoTime.getAsLong();
                replacing = false;
            }
        }
        return token;
    }

    private void retire() {
        if (issued != null) {
            redactor.unhide(retired);
            retired = issued;
            issued = null;
        }
    }

    private SimpleTokenCache newCache() {
        TokenCredential source = credential;
        return new SimpleTokenCache(() -> source.getToken(scope).map(CachedToken::refreshedInTime));
    }

    /**
     * If the sign-in host names no time to refresh a token, MSAL names the epoch, and the cache would ask for another every 30 s. Without any
     * time it asks 5 minutes before the token expires.
     */
    static AccessToken refreshedInTime(AccessToken token) {
        boolean epoch = token.getRefreshAt() != null && token.getRefreshAt().toEpochSecond() == 0;
        return epoch ? new AccessToken(token.getToken(), token.getExpiresAt()) : token;
    }
}
