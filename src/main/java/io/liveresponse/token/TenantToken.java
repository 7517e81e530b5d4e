package io.liveresponse.token;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.SimpleTokenCache;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.secret.Redactor;
import java.util.function.Supplier;

/**
 * One tenant's token: cached, refreshed before it expires, one request however many threads ask (both by azure-core's
 * {@link SimpleTokenCache}). That cache asks at most twice a minute and lets whoever has no token wait for its turn; here a
 * cache without a good token is dropped instead, since when to try again is the failure policy's matter. Thread-safe.
 */
final class TenantToken {

    private final String tenant;
    private final TokenRequestContext scope;
    private final Supplier<TokenCredential> credentials;
    private final Redactor redactor;

    private SimpleTokenCache cache;
    private AccessToken current;
    private String issued;
    private String replacement;
    private boolean replacing;

    /** @param credentials makes a credential with an empty cache of its own */
    TenantToken(String tenant, String scope, Supplier<TokenCredential> credentials, Redactor redactor) {
        this.tenant = tenant;
        this.scope = new TokenRequestContext().addScopes(scope);
        this.credentials = credentials;
        this.redactor = redactor;
        this.cache = newCache();
    }

    String current() throws LiveResponseException {
        SimpleTokenCache asked = cache();
        AccessToken token;
        try {
            token = asked.getToken().block();
        } catch (RuntimeException e) {
            drop(asked);
            throw SignInFailure.of(tenant, e);
        }
        return remember(asked, token);
    }

    /** One replacement per token that the sign-in host issued in its own time: a refused replacement is a matter for people. */
    synchronized boolean refused(String token) {
        if (!token.equals(issued)) {
            return true;
        }
        if (token.equals(replacement)) {
            return false;
        }
        // A new credential, since the old one would hand out the refused token from its own cache.
        cache = newCache();
        redactor.unhide(issued);
        issued = null;
        current = null;
        replacing = true;
        return true;
    }

    private synchronized SimpleTokenCache cache() {
        if (current != null && current.isExpired()) {
            current = null;
            cache = newCache();
        }
        return cache;
    }

    /** Once, however many threads share the failure. */
    private synchronized void drop(SimpleTokenCache failed) {
        if (failed == cache) {
            current = null;
            cache = newCache();
        }
    }

    private synchronized String remember(SimpleTokenCache asked, AccessToken access) {
        String token = access.getToken();
        if (asked == cache && !token.equals(issued)) {
            redactor.hide(token);
            redactor.unhide(issued);
            issued = token;
            current = access;
            if (replacing) {
                replacement = token;
                replacing = false;
            }
        }
        return token;
    }

    private SimpleTokenCache newCache() {
        TokenCredential credential = credentials.get();
        return new SimpleTokenCache(() -> credential.getToken(scope));
    }
}
