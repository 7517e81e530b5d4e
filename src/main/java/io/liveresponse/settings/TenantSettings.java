package io.liveresponse.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is set for one tenant. Immutable and thread-safe. The two secrets are looked up each time they are asked for, so
 * that a rotated one is seen; they are in no {@code toString}, and asking may throw {@link InvalidSettingException}.
 *
 * @param apiUrl        without a slash at its end, and without {@code /api}
 * @param authorityHost an https URL without a slash at its end
 * @param scope         independent of {@code apiUrl}: the commercial cloud's names the API's older host
 * @param mailScope     for a token of Exchange Online in the tenant's cloud
 */
public record TenantSettings(
        String name,
        Optional<String> tenantId,
        Optional<String> clientId,
        CredentialKind credential,
        Optional<Path> certificatePath,
        String apiUrl,
        String authorityHost,
        String scope,
        String mailScope,
        Supplier<Optional<String>> clientSecret,
        Supplier<Optional<String>> certificatePassword) {

    static TenantSettings of(Settings settings, String name) {
        Cloud cloud = Cloud.of(settings.text(key(name, "cloud")));
        return new TenantSettings(name,
                optional(settings, key(name, "tenant-id")),
                optional(settings, key(name, "client-id")),
                CredentialKind.of(settings.text(key(name, "credential"))),
                optional(settings, key(name, "certificate-path")).map(Path::of),
                withoutSlash(optional(settings, key(name, "api-url")).orElse(cloud.apiUrl())),
                withoutSlash(optional(settings, key(name, "authority-host")).orElse(cloud.authorityHost())),
                optional(settings, key(name, "scope")).orElse(cloud.scope()),
                cloud.mailScope(),
                () -> settings.find(key(name, "client-secret")),
                () -> settings.find(key(name, "certificate-password")));
    }

    /** Names the tenant and how it signs in, nothing that could be a secret. */
    @Override
    public String toString() {
        return "tenant " + name + " (" + credential.text() + ", " + apiUrl + ")";
    }

    private static Optional<String> optional(Settings settings, String key) {
        return settings.find(key).map(value -> settings.text(key));
    }

    private static String key(String name, String leaf) {
        return SettingCatalog.tenantKey(name, leaf);
    }

    private static String withoutSlash(String url) {
        return url.replaceFirst("/+$", "");
    }
}
