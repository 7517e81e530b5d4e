package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSettingsTest {

    @TempDir
    private Path directory;

    @Test
    void theSecretsOfEachTenantAndOfEachFileAreHidden() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "from-a-file\n");
        Settings settings = Settings.of(Map.of("live-response.tenants", "contoso,fabrikam",
                "live-response.tenant.contoso.client-secret", "contosos-own",
                "live-response.tenant.fabrikam.client-secret-file", file.toString(),
                "live-response.deliver.email.password", "the-mailers", "live-response.deliver.email.user", "a-plain-name"));
        Redactor redactor = new Redactor();

        SecretSettings.hide(settings, redactor);

        assertThat(redactor.redact("contosos-own from-a-file the-mailers a-plain-name")).isEqualTo("*** *** *** a-plain-name");
    }

    @Test
    void eachFieldOfAListOfSecretsIsHiddenByItself() {
        Settings settings = Settings
                .of(Map.of("live-response.deliver.ticket.headers", "X-Desk=key-of-the-desk, X-Team=soc,X-Other=a=b-c-d-e-f"));
        Redactor redactor = new Redactor();

        SecretSettings.hide(settings, redactor);

        assertThat(redactor.redact("X-Desk: key-of-the-desk, X-Team: soc, X-Other: a=b-c-d-e-f"))
                .isEqualTo("X-Desk: ***, X-Team: soc, X-Other: ***");
    }

    @Test
    void whatIsAKeyInAWebhooksAddressIsHidden() {
        String url = "https://hooks.slack.com/services/T0AAA/B0BBB/cafe";

        assertThat(redacted(Map.of("url", url, "kind", "webhook", "format", "slack"), url)).isEqualTo("https://hooks.slack.com***");
        assertThat(
                redacted(Map.of("url", "https://desk.example/a?code=12345", "kind", "webhook"), "POST https://desk.example/a?code=12345"))
                .isEqualTo("POST https://desk.example/a?***");
        assertThat(redacted(Map.of("url", "https://acme.service-now.com", "kind", "servicenow"), "https://acme.service-now.com/api"))
                .isEqualTo("https://acme.service-now.com/api");
        assertThat(redacted(Map.of("url", "no address", "kind", "webhook"), "no address")).isEqualTo("no address");
    }

    private static String redacted(Map<String, String> ticket, String text) {
        Redactor redactor = new Redactor();
        Map<String, String> settings = new HashMap<>();
        ticket.forEach((name, value) -> settings.put("live-response.deliver.ticket." + name, value));
        SecretSettings.hide(Settings.of(settings), redactor);
        return redactor.redact(text);
    }
}
