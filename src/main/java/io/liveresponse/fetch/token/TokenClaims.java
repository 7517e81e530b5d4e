package io.liveresponse.fetch.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an access token says of itself, read locally and without checking its signature: good enough to tell an operator
 * which permission is missing, never good enough to trust. Holds no part of the token that could be used to sign in.
 *
 * @param audience    {@code aud}, or null
 * @param roles    {@code roles}, the application permissions
 * @param scopes   {@code scp}, the delegated ones
 */
public record TokenClaims(String audience, List<String> roles, List<String> scopes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** WindowsDefenderATP, the same in every directory: a token of version 2 names its API so. */
    private static final String API_AS_APPLICATION = "fc780465-2017-40d4-a0c5-307022471b92";

    /** @return the claims, or empty ones if the token is not a JWT */
    public static TokenClaims of(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return new TokenClaims(null, List.of(), List.of());
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            List<String> roles = new ArrayList<>();
            claims.path("roles").forEach(role -> roles.add(role.asText()));
            List<String> scopes = Stream.of(claims.path("scp").asText("").split(" ")).filter(scope -> !scope.isBlank()).toList();
            return new TokenClaims(claims.path("aud").asText(null), List.copyOf(roles), scopes);
        } catch (IOException | IllegalArgumentException e) {
            return new TokenClaims(null, List.of(), List.of());
        }
    }

    /** All that the token grants, of either kind. */
    public List<String> permissions() {
        return Stream.concat(roles.stream(), scopes.stream()).toList();
    }

    /** Whether the token is on behalf of a person. */
    public boolean isDelegated() {
        return !scopes.isEmpty();
    }

    /** {@link #complaint(String, String, ApiUse)} about reading results. */
    public Optional<String> complaint(String tenant, String scope) {
        return complaint(tenant, scope, ApiUse.RESULTS);
    }

    /** Why the API refuses a token like this one for this use, and what to change; empty if nothing is wrong with it. */
    public Optional<String> complaint(String tenant, String scope, ApiUse use) {
        String expected = scope.replaceFirst("/\\.default$", "");
        if (audience != null && !Set.of(expected, expected + "/", API_AS_APPLICATION).contains(audience)) {
            return Optional
                    .of("the token's audience is " + audience + ", but live-response.tenant." + tenant + ".scope requests " + expected);
        }
        return use.missing(this).map(permission -> "the token grants " + permissions() + ", but the call needs " + permission
                + (isDelegated() ? " and a role that includes live response" : "")
                + "; grant it, with admin consent, to the app registration of live-response.tenant." + tenant + ".client-id");
    }

    /** {@link #advice(String, String, ApiUse)} about reading results. */
    public String advice(String tenant, String scope) {
        return advice(tenant, scope, ApiUse.RESULTS);
    }

    /** What to change after the API has refused a token like this one without a reason. */
    public String advice(String tenant, String scope, ApiUse use) {
        return complaint(tenant, scope, use).orElse("the token (audience " + audience + ", permissions " + permissions()
                + ") has the permission that the call needs; check that live response is switched on for the tenant, that the app registration may"
                + " reach the device's group, and that live-response.tenant." + tenant + ".scope names the audience that the API expects");
    }
}
