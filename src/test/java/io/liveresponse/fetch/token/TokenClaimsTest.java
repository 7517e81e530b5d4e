package io.liveresponse.fetch.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

    private static final String SCOPE = "https://api.example/.default";

    private static String token(String claims) {
        return "Bearer e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".signature";
    }

    @Test
    void rolesAndScopesAreRead() {
        TokenClaims claims = TokenClaims.of(token("{\"aud\":\"https://api.example\",\"roles\":[\"A\",\"B\"],\"scp\":\"C D\"}"));

        assertThat(claims).isEqualTo(new TokenClaims("https://api.example", List.of("A", "B"), List.of("C", "D")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer opaque", "a.b", "a.%%%.c", "e30.bm90IGpzb24.x", "..", "e30.W10.x"})
    void whatIsNoJwtHasNoClaims(String token) {
        assertThat(TokenClaims.of(token)).isEqualTo(new TokenClaims(null, List.of(), List.of()));
    }

    @Test
    void anotherAudienceNamesTheScopeSetting() {
        assertThat(TokenClaims.of(token("{\"aud\":\"https://other.example\"}")).advice("contoso", SCOPE))
                .contains("https://other.example", "live-response.tenant.contoso.scope", "https://api.example");
    }

    @Test
    void theApiNamedByItsApplicationIsTheAudienceToo() {
        assertThat(TokenClaims.of(token("{\"aud\":\"fc780465-2017-40d4-a0c5-307022471b92\",\"roles\":[\"Machine.ReadWrite.All\"]}"))
                .complaint("contoso", SCOPE)).isEmpty();
    }

    @Test
    void aMissingPermissionIsNamedWithWhatTheTokenGrants() {
        assertThat(
                TokenClaims.of(token("{\"aud\":\"https://api.example/\",\"roles\":[\"Machine.LiveResponse\"]}")).advice("contoso", SCOPE))
                .contains("grants [Machine.LiveResponse]", "Machine.ReadWrite.All", "live-response.tenant.contoso.client-id");
    }

    @Test
    void the_permission_depends_on_the_use_and_on_the_kind_of_the_token() {
        TokenClaims application = TokenClaims.of(token("{\"aud\":\"https://api.example\",\"roles\":[\"Machine.ReadWrite.All\"]}"));
        TokenClaims delegated = TokenClaims.of(token("{\"aud\":\"https://api.example\",\"scp\":\"Machine.LiveResponse\"}"));

        assertThat(application.complaint("contoso", SCOPE, ApiUse.RESULTS)).isEmpty();
        assertThat(application.complaint("contoso", SCOPE, ApiUse.ACTIONS)).isEmpty();
        assertThat(application.complaint("contoso", SCOPE, ApiUse.RUNS).orElseThrow())
                .contains("application permission Machine.LiveResponse");
        assertThat(application.complaint("contoso", SCOPE, ApiUse.LIBRARY).orElseThrow()).contains("application permission Library.Manage");
        assertThat(delegated.complaint("contoso", SCOPE, ApiUse.RESULTS)).isEmpty();
        assertThat(delegated.complaint("contoso", SCOPE, ApiUse.RUNS)).isEmpty();
        assertThat(delegated.complaint("contoso", SCOPE, ApiUse.ACTIONS).orElseThrow()).contains("delegated permission Machine.ReadWrite");
        assertThat(delegated.advice("contoso", SCOPE)).contains("has the permission that the call needs");
    }

    @Test
    void a_permission_that_no_page_lists_any_more_is_not_enough() {
        assertThat(TokenClaims.of(token("{\"aud\":\"https://api.example\",\"roles\":[\"Machine.Read.All\"]}")).complaint("contoso", SCOPE)
                .orElseThrow())
                .contains("application permission Machine.ReadWrite.All");
    }

    @Test
    void noAdviceHoldsTheTokenItself() {
        String token = token("{\"aud\":\"https://api.example\",\"roles\":[\"Machine.ReadWrite.All\"]}");

        assertThat(TokenClaims.of(token).advice("contoso", SCOPE)).doesNotContain("signature", token.split("\\.")[1]);
    }
}
