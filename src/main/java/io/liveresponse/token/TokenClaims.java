package io.liveresponse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an access token says of itself, read locally and without checking its signature: good enough to tell an operator
 * which permission is missing, never good enough to trust. Holds no part of the token that could be used to sign in.
 *
 * @param audience {@code aud}, or null
 * @param roles    the application permissions
 * @param scopes   the delegated permissions, {@code scp}
 */
public record TokenClaims(String audience, List<String> roles, List<String> scopes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** "Get live response results", 2025 and 2022 revisions: either application permission is taken. */
    private static final Set<String> ENOUGH = Set.of("Machine.ReadWrite.All", "Machine.Read.All");
    /** As an application permission it starts actions but reads no results; delegated, it does both. */
    private static final String DELEGATED = "Machine.LiveResponse";
    private static final TokenClaims NONE = new TokenClaims(null, List.of(), List.of());

    /** @return the claims, or empty ones where the token is not a JWT */
    public static TokenClaims of(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return NONE;
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            List<String> roles = new ArrayList<>();
            claims.path("roles").forEach(role -> roles.add(role.asText()));
            List<String> scopes = Stream.of(claims.path("scp").asText("").split(" ")).filter(scope -> !scope.isBlank()).toList();
            return new TokenClaims(claims.path("aud").asText(null), List.copyOf(roles), scopes);
        } catch (IOException | IllegalArgumentException e) {
            return NONE;
        }
    }

    /** What to change so that the API takes a token like this one. */
    public String advice(String tenant, String scope) {
        String expected = scope.replaceFirst("/\\.default$", "");
        if (audience != null && !audience.equals(expected) && !audience.equals(expected + "/")) {
            return "the token's audience is " + audience + ", but live-response.tenant." + tenant + ".scope asks for " + expected;
        }
        List<String> permissions = Stream.concat(roles.stream(), scopes.stream()).toList();
        if (permissions.stream().noneMatch(ENOUGH::contains) && !scopes.contains(DELEGATED)) {
            return "the token grants " + permissions + ", but the call needs the application permission Machine.ReadWrite.All"
                    + " with admin consent on the app registration of live-response.tenant." + tenant + ".client-id";
        }
        return "the token (audience " + audience + ", permissions " + permissions + ") is refused all the same; the call needs"
                + " Machine.ReadWrite.All, live response switched on for the tenant, and live-response.tenant." + tenant
                + ".scope for the audience that the API expects";
    }
}
