package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.simulator.signin.AccessTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** What every call of the API passes first: the bearer, then both quota windows. */
public final class ApiGate {

    private static final String BEARER = "Bearer ";
    private static final String NEW_HOST_AUDIENCE = "https://api.security.microsoft.com";

    private final Map<String, SimulatorTenant> tenants;
    private final AccessTokens tokens;
    private final QuotaWindows quota;

    /** @param tenants by tenant id */
    public ApiGate(Map<String, SimulatorTenant> tenants, AccessTokens tokens, QuotaWindows quota) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.quota = quota;
    }

    /** Who calls, if the token was issued here; a token that has ended still tells whose call it is. */
    Optional<JsonNode> caller(Incoming request) {
        String authorization = request.headers().get("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? tokens.claims(authorization.substring(BEARER.length()))
                : Optional.empty();
    }

    /** The caller's tenant, or null. */
    String tenantOf(Optional<JsonNode> caller) {
        return caller.map(claims -> tenants.get(claims.path("tid").asText())).map(SimulatorTenant::name).orElse(null);
    }

    /** The caller's client id, or null. */
    String clientOf(Optional<JsonNode> caller) {
        return caller.map(claims -> claims.path("appid").asText()).orElse(null);
    }

    /** @param roles the permissions of which one is enough */
    Supplier<Optional<Reply>> check(EndpointKind kind, Optional<JsonNode> caller, String... roles) {
        return () -> caller.filter(tokens::good).isEmpty()
                ? Optional.of(ErrorBodies.api(401, "Unauthorized", "Authentication failed: the token is missing, not valid or expired."))
                : refuse(kind, caller.get(), tenants.get(caller.get().path("tid").asText()), List.of(roles));
    }

    private Optional<Reply> refuse(EndpointKind kind, JsonNode claims, SimulatorTenant tenant, List<String> roles) {
        String audience = claims.path("aud").asText();
        if (!audience.equals(tenant.audience())) {
            return Optional.of(audience.equals(NEW_HOST_AUDIENCE)
                    ? ErrorBodies.api(403, "Forbidden", "The token's audience is not accepted by this call.")
                    : ErrorBodies.api(401, "Unauthorized", "Authentication failed: the token is for another audience."));
        }
        boolean allowed = StreamSupport.stream(claims.path("roles").spliterator(), false)
                .anyMatch(role -> roles.contains(role.asText()));
        if (!allowed) {
            return Optional
                    .of(ErrorBodies.api(403, "Forbidden", "The application does not have any of the required application permissions ("
                            + String.join(", ", roles) + ") to access the resource."));
        }
        return quota.take(kind, tenant.name()).map(wait -> tooMany(wait, quota.of(kind)));
    }

    private static Reply tooMany(Duration wait, SimulatorQuota limit) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return ErrorBodies.api(429, "TooManyRequests", "API calls quota exceeded! Maximum allowed " + limit.perMinute() + " per minute"
                + (limit.perHour() == Integer.MAX_VALUE ? "." : " and " + limit.perHour() + " per hour."))
                .with(Map.of("Retry-After", Long.toString(seconds)));
    }
}
