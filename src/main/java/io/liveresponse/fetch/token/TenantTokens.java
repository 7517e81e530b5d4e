package io.liveresponse.fetch.token;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.TenantSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.util.function.Suppliers;

/**
 * The access tokens of all tenants. Thread-safe. However many threads ask, a tenant's token is requested once and kept
 * until its refresh time; a token that the API refuses before that is replaced, at most every 30 s.
 */
public final class TenantTokens {

    private static final String SCHEME = "Bearer ";

    private final Map<String, CachedToken> tokens = new ConcurrentHashMap<>();
    private final Function<String, TenantSettings> tenants;
    private final Supplier<Credentials> credentials;
    private final Redactor redactor;

    /**
     * @param tenants     a tenant's settings by its name; asked again when a token is replaced, so that a new secret is seen
     * @param credentials called once, for the first token: Azure's libraries are a sixth of the startup otherwise
     */
    public TenantTokens(Function<String, TenantSettings> tenants, Supplier<Credentials> credentials, Redactor redactor) {
        this.tenants = tenants;
        this.credentials = Suppliers.memorize(credentials);
        this.redactor = redactor;
    }

    /**
     * The current token, without the word Bearer. Blocks while one is fetched.
     *
     * @throws LiveResponseException TOKEN_REFUSED if a setting is wrong, TOKEN_UNAVAILABLE if asking again may help
     */
    public String current(String tenant) throws LiveResponseException {
        return of(tenant).current();
    }

    /** Leaves a current token in the cache, so that a refused sign-in costs no call of the API; see {@link #current}. */
    public void signIn(String tenant) throws LiveResponseException {
        current(tenant);
    }

    /** The value of the {@code Authorization} header; see {@link #current}. */
    public String authorization(String tenant) throws LiveResponseException {
        return SCHEME + current(tenant);
    }

    /**
     * Says that the API refused this token, or that it grants too little.
     *
     * @param authorization the {@code Authorization} header that was sent
     * @return true if another token is to be had, so that the call is worth repeating at once
     */
    public boolean refused(String tenant, String authorization) {
        return of(tenant).refused(authorization.substring(SCHEME.length()));
    }

    /**
     * A token by the tenant's credential for another API than Defender's, which the caller keeps.
     *
     * @param scopeSetting the setting to change if the sign-in host refuses the scope
     */
    public CachedToken forScope(String tenant, String scope, String scopeSetting) {
        return credentials.get().token(() -> tenants.apply(tenant), scope, redactor,
                thrown -> SignInFailure.of(tenant, scopeSetting, thrown));
    }

    private CachedToken of(String tenant) {
        return tokens.computeIfAbsent(tenant,
                name -> forScope(name, tenants.apply(name).scope(), "live-response.tenant." + name + ".scope"));
    }
}
