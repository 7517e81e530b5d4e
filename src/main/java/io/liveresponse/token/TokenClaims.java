package io.liveresponse.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an access token says of itself, read locally and without checking its signature: good enough to tell an operator
 * which permission is missing, never good enough to trust. Holds no part of the token that could be used to sign in.
 *
 * @param audience    {@code aud}, or null
 * @param permissions {@code roles} (application) and {@code scp} (delegated) together
 */
public record TokenClaims(String audience, List<String> permissions) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** "Get live response results", 2025 and 2022 revisions: either application permission is taken. */
    private static final Set<String> ENOUGH = Set.of("Machine.ReadWrite.All", "Machine.Read.All", "Machine.LiveResponse");

    /** @return the claims, or empty ones where the token is not a JWT */
    public static TokenClaims of(String token) {
        String[] parts = token.split("\\.");
        if (parts.length < 2) {
            return new TokenClaims(null, List.of());
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            List<String> permissions = new ArrayList<>();
            claims.path("roles").forEach(role -> permissions.add(role.asText()));
            permissions.addAll(List.of(claims.path("scp").asText("").split(" ")));
            permissions.removeIf(String::isBlank);
            return new TokenClaims(claims.path("aud").asText(null), List.copyOf(permissions));
        } catch (IOException | IllegalArgumentException e) {
            return new TokenClaims(null, List.of());
        }
    }

    /** Why the API will not take a token like this one, and what to change; empty where nothing is seen. */
    public Optional<String> complaint(String tenant, String scope) {
        String expected = scope.replaceFirst("/\\.default$", "");
        if (audience != null && !audience.equals(expected) && !audience.equals(expected + "/")) {
            return Optional.of("the token's audience is " + audience + ", but live-response.tenant." + tenant + ".scope asks for " + expected);
        }
        if (permissions.stream().noneMatch(ENOUGH::contains)) {
            return Optional.of("the token grants " + permissions + ", but the call needs the application permission Machine.ReadWrite.All"
                    + " with admin consent on the app registration of live-response.tenant." + tenant + ".client-id");
        }
        return Optional.empty();
    }

    /** What to change where the API has refused a token like this one. */
    public String advice(String tenant, String scope) {
        return complaint(tenant, scope).orElse("the token (audience " + audience + ", permissions " + permissions + ") is refused all the same; the call needs"
                + " Machine.ReadWrite.All, live response switched on for the tenant, and live-response.tenant." + tenant
                + ".scope for the audience that the API expects");
    }
}
