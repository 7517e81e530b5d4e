package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void declaredDefaultsHoldWhereNothingIsGiven() {
        Settings settings = Settings.of(Map.of("live-response.data-directory", "here", "live-response.quota.per-hour", "  "));

        assertThat(settings.integer("live-response.quota.per-hour")).isEqualTo(1500);
        assertThat(settings.duration("live-response.quota.minute-period")).isEqualTo(Duration.ofSeconds(62));
        assertThat(settings.bytes("live-response.result.max-bytes")).isEqualTo(8L << 30);
        assertThat(settings.flag("live-response.intake.inbox.enabled")).isFalse();
        assertThat(settings.path("live-response.intake.inbox.directory")).isEqualTo(Path.of("here", "inbox"));
        assertThat(settings.list("live-response.link.allowed-hosts"))
                .containsExactly("*.blob.core.windows.net", "*.blob.core.usgovcloudapi.net");
        assertThat(settings.tenants()).isEmpty();
    }

    @Test
    void whatIsMissingOrMalformedIsNamedWithWhatIsWanted() {
        Settings settings = Settings.of(Map.of("live-response.quota.per-minute", "lots", "live-response.retry.grace", "2x"));

        assertThatThrownBy(() -> settings.integer("live-response.quota.per-minute")).isInstanceOf(InvalidSettingException.class)
                .hasMessage("live-response.quota.per-minute is \"lots\" — give a whole number from 1 to 2147483647");
        assertThatThrownBy(() -> settings.duration("live-response.retry.grace")).isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> settings.text("live-response.tenants")).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("live-response.tenants is missing");
        assertThatThrownBy(() -> settings.find("live-response.no-such")).isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(InvalidSettingException.class);
    }

    @Test
    void aSecretIsReadFromItsFileEachTimeItIsAskedFor(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "one\n");
        TenantSettings tenant = Settings.of(Map.of("live-response.tenants", "a",
                "live-response.tenant.a.client-secret-file", file.toString())).tenant("a");

        assertThat(tenant.clientSecret().get()).contains("one");
        Files.writeString(file, "two\r\n");
        assertThat(tenant.clientSecret().get()).contains("two");
        Files.delete(file);
        assertThatThrownBy(() -> tenant.clientSecret().get()).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("live-response.tenant.a.client-secret-file ").hasNoCause()
                .hasMessageNotContaining(file.toString());
    }

    @Test
    void aSecretIsInNoText() {
        Map<String, String> values = new HashMap<>(Map.of("live-response.tenants", "a"));
        values.put("live-response.tenant.a.client-secret", "Qx7~s3cret");
        values.put("live-response.tenant.a.client-secret-file", "Qx7~s3cret");
        values.put("live-response.tenant.a.certificate-password", "Qx7~s3cret");
        Settings settings = Settings.of(values);

        assertThat(settings.tenant("a").toString() + settings).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
            "commercial, https://api.security.microsoft.com, https://login.microsoftonline.com, https://api.securitycenter.microsoft.com/.default"
                    + ", https://outlook.office365.com/.default",
            "gcc, https://api-gcc.securitycenter.microsoft.us, https://login.microsoftonline.com, https://api-gcc.securitycenter.microsoft.us/.default"
                    + ", https://outlook.office365.com/.default",
            "gcc-high, https://api-gov.securitycenter.microsoft.us, https://login.microsoftonline.us, https://api-gov.securitycenter.microsoft.us/.default"
                    + ", https://outlook.office365.us/.default",
            "dod, https://api-gov.securitycenter.microsoft.us, https://login.microsoftonline.us, https://api-gov.securitycenter.microsoft.us/.default"
                    + ", https://outlook-dod.office365.us/.default",
    })
    void aCloudGivesItsTenantsTheirAddresses(String cloud, String api, String authority, String scope, String mailScope) {
        TenantSettings tenant = Settings.of(Map.of("live-response.tenants", "a", "live-response.tenant.a.cloud", cloud)).tenant("a");

        assertThat(tenant.apiUrl()).isEqualTo(api);
        assertThat(tenant.authorityHost()).isEqualTo(authority);
        assertThat(tenant.scope()).isEqualTo(scope);
        assertThat(tenant.mailScope()).isEqualTo(mailScope);
        assertThat(tenant.credential()).isEqualTo(CredentialKind.CLIENT_SECRET);
    }

    @ParameterizedTest
    @CsvSource({"api-url, https://127.0.0.1:1/, https://127.0.0.1:1", "authority-host, https://127.0.0.1:2/, https://127.0.0.1:2",
            "scope, api://x/.default, api://x/.default"})
    void eachAddressIsOverriddenWithoutTheOthers(String leaf, String value, String expected) {
        TenantSettings plain = Settings.of(Map.of("live-response.tenants", "a")).tenant("a");

        TenantSettings tenant = Settings.of(Map.of("live-response.tenants", "a", "live-response.tenant.a." + leaf, value)).tenant("a");

        assertThat(tenant.apiUrl()).isEqualTo(leaf.equals("api-url") ? expected : plain.apiUrl());
        assertThat(tenant.authorityHost()).isEqualTo(leaf.equals("authority-host") ? expected : plain.authorityHost());
        assertThat(tenant.scope()).isEqualTo(leaf.equals("scope") ? expected : plain.scope());
    }

    @Test
    void aTenantThatIsNotListedHasNoSettings() {
        assertThatThrownBy(() -> Settings.of(Map.of("live-response.tenants", "a, b")).tenant("c"))
                .isInstanceOf(InvalidSettingException.class).hasMessageStartingWith("live-response.tenants ");
    }

    @Test
    void aContextWithoutOurDefaultsGivesThemAllTheSame() {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().addInitialProperty("live-response.tenants", "a,b");
            context.start();

            assertThat(Settings.of(context).tenants()).containsExactly("a", "b");
            assertThat(Settings.of(context).path("live-response.deliver.file.directory")).isEqualTo(Path.of("data", "results"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_region_and_a_version_make_the_address_of_the_api() {
        TenantSettings tenant = Settings.of(Map.of("live-response.tenants", "a", "live-response.tenant.a.region", "eu",
                "live-response.tenant.a.api-version", "v1.0")).tenant("a");

        assertThat(tenant.apiUrl()).isEqualTo("https://eu.api.security.microsoft.com");
        assertThat(tenant.apiBase()).isEqualTo("https://eu.api.security.microsoft.com/api/v1.0");
        assertThat(tenant.scope()).isEqualTo("https://api.securitycenter.microsoft.com/.default");
    }
}
