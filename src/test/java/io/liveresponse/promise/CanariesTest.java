package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The search of the canary tests: what it does not find would be called safe. */
class CanariesTest {

    private final Canaries canaries = new Canaries();

    @Test
    void aSecretIsFoundHoweverItIsWritten() {
        String secret = canaries.fresh("it");
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(secret, secret.toUpperCase(Locale.ROOT), URLEncoder.encode(secret, StandardCharsets.UTF_8),
                secret.replace("&", "&amp;"),
                HexFormat.of().formatHex(bytes), Base64.getEncoder().encodeToString(bytes), Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getEncoder().encodeToString(("u:" + secret).getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(("us:" + secret + "!").getBytes(StandardCharsets.UTF_8)),
                secret.substring(0, secret.indexOf('+')), secret.substring(secret.indexOf('<') + 1));

        for (int i = 0; i < forms.size(); i++) {
            canaries.look("place " + i + ".", "before " + forms.get(i) + " behind");
            assertThat(canaries.found()).as(forms.get(i)).anyMatch(found -> found.startsWith("place ") && found.contains("shows it"));
            assertThat(canaries.found().stream().map(found -> found.split("\\.")[0]).distinct()).as(forms.get(i)).hasSize(i + 1);
        }
    }

    @Test
    void whatIsNoSecretIsNotFound() {
        String secret = canaries.freshWord("it");

        canaries.look("place", "Kq" + "0".repeat(24) + "xZ " + secret.substring(0, secret.length() - 1));

        assertThat(canaries.found()).isEmpty();
    }
}
