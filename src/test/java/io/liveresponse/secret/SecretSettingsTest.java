package io.liveresponse.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Settings settings = Settings.of(Map.of("live-response.deliver.ticket.headers", "X-Desk=key-of-the-desk, X-Team=soc,X-Other=a=b-c-d-e-f"));
        Redactor redactor = new Redactor();

        SecretSettings.hide(settings, redactor);

        assertThat(redactor.redact("X-Desk: key-of-the-desk, X-Team: soc, X-Other: a=b-c-d-e-f")).isEqualTo("X-Desk: ***, X-Team: soc, X-Other: ***");
    }
}
