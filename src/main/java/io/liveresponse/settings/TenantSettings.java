package io.liveresponse.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is set for one tenant. Immutable and thread-safe. The two secrets are looked up each time they are asked for, so
 * that a rotated one is seen; they are in no {@code toString}, and asking may throw {@link InvalidSettingException}.
 *
 * @param federatedTokenFile the file of the OIDC token that serves as a client assertion
 * @param federatedClientId  of the managed identity whose token serves as a client assertion
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
        Optional<Path> federatedTokenFile,
        Optional<String> federatedClientId,
        String apiUrl,
        Optional<String> apiVersion,
        String authorityHost,
        String scope,
        String mailScope,
        Supplier<Optional<String>> clientSecret,
        Supplier<Optional<String>> certificatePassword) {

    static TenantSettings of(Settings settings, String name) {
        Cloud cloud = Cloud.of(settings.text(key(name, "cloud")));
        return new TenantSettings(name,
                settings.checked(key(name, "tenant-id")),
                settings.checked(key(name, "client-id")),
                CredentialKind.of(settings.text(key(name, "credential"))),
                settings.checked(key(name, "certificate-path")).map(Path::of),
                settings.checked(key(name, "federated-token-file")).map(Path::of),
                settings.checked(key(name, "federated-client-id")),
                withoutSlash(settings.checked(key(name, "api-url"))
                        .orElseGet(() -> settings.checked(key(name, "region")).map(cloud::apiUrl).orElse(cloud.apiUrl()))),
                settings.checked(key(name, "api-version")),
                withoutSlash(settings.checked(key(name, "authority-host")).orElse(cloud.authorityHost())),
                settings.checked(key(name, "scope")).orElse(cloud.scope()),
                cloud.mailScope(),
                () -> settings.find(key(name, "client-secret")),
                () -> settings.find(key(name, "certificate-password")));
    }

    /** What the paths of the API start with: {@code https://host/api}, followed by the version if one is set; without a slash at its end. */
    public String apiBase() {
        return apiUrl + "/api" + apiVersion.map(version -> "/" + version).orElse("");
    }

    /** The scope of a managed identity's token that serves as a client assertion in the tenant's cloud. */
    public String assertionScope() {
        return authorityHost.endsWith(".us") ? "api://AzureADTokenExchangeUSGov/.default" : "api://AzureADTokenExchange/.default";
    }

    /** Names the tenant and how it signs in, nothing that could be a secret. */
    @Override
    public String toString() {
        return "tenant " + name + " (" + credential.text() + ", " + apiUrl + ")";
    }

    private static String key(String name, String leaf) {
        return SettingCatalog.tenantKey(name, leaf);
    }

    private static String withoutSlash(String url) {
        return url.replaceFirst("/+$", "");
    }
}
