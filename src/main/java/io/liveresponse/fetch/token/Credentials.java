package io.liveresponse.fetch.token;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Configuration;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ClientAssertionCredentialBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.DeviceCodeCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.TenantSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Azure Identity's credentials from a tenant's settings. Thread-safe. */
public final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final String PUBLIC_AUTHORITIES = "https://login\\.(microsoftonline\\.(com|us)|chinacloudapi\\.cn)";

    /** What is tried again, and when, is set in the failure policy; Azure's own waits would hold every thread that needs the token. */
    private static final RetryOptions NO_RETRIES = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));

    private final HttpClient http;

    /**
     * @param tls      whom to trust: a private authority's or an inspecting proxy's certificate must work here too
     * @param connect  how long a connection to the sign-in host may take
     * @param response how long its answer may then take
     * @param proxy    the proxy to sign in through; without one that of the environment ({@code HTTPS_PROXY}), as in all of Azure's libraries
     */
    public Credentials(SSLContext tls, Duration connect, Duration response, Optional<ProxySettings> proxy) {
        java.net.http.HttpClient.Builder client = java.net.http.HttpClient.newBuilder().sslContext(tls);
        proxy.ifPresent(settings -> settings.applyTo(client));
        JdkHttpClientBuilder builder = new JdkHttpClientBuilder(client).connectionTimeout(connect);
        // NONE keeps the environment's proxy from replacing the one that is set
        builder.configuration(proxy.isPresent() ? Configuration.NONE : Configuration.getGlobalConfiguration());
        this.http = new DeadlineHttpClient(builder.build(), connect.plus(response));
    }

    /** A token of the tenant's; here, since Camel looks at every method of {@link TenantTokens} at startup and would load Azure's types. */
    CachedToken token(Supplier<TenantSettings> tenant, String scope, Redactor redactor,
            Function<RuntimeException, LiveResponseException> fault) {
        return new CachedToken(scope, () -> of(tenant.get()), redactor, fault);
    }

    /** A credential with an empty cache of its own. */
    TokenCredential of(TenantSettings tenant) {
        return switch (tenant.credential()) {
            case CLIENT_SECRET -> app(new ClientSecretCredentialBuilder(), tenant)
                    .clientSecret(needed(tenant, tenant.clientSecret().get(), "client-secret"))
                    .build();
            case CERTIFICATE -> certificate(tenant);
            case MANAGED_IDENTITY -> new ManagedIdentityCredentialBuilder()
                    .httpClient(http)
                    .clientId(tenant.clientId().orElse(null))
                    .build();
            case WORKLOAD_IDENTITY -> new WorkloadIdentityCredentialBuilder()
                    .httpClient(http)
                    .authorityHost(tenant.authorityHost())
                    .tenantId(tenant.tenantId().orElse(null))
                    .clientId(tenant.clientId().orElse(null))
                    .build();
            case FEDERATED_TOKEN_FILE -> federated(tenant, () -> tokenIn(tenant));
            case FEDERATED_MANAGED_IDENTITY -> {
                TokenCredential identity = new ManagedIdentityCredentialBuilder().httpClient(http)
                        .clientId(tenant.federatedClientId().orElse(null)).build();
                TokenRequestContext assertion = new TokenRequestContext().addScopes(tenant.assertionScope());
                yield federated(tenant, () -> identity.getTokenSync(assertion).getToken());
            }
            case DEVICE_CODE -> app(new DeviceCodeCredentialBuilder(), tenant)
                    .challengeConsumer(challenge -> LOG.warn("Tenant {} needs a sign-in: {}", tenant.name(), challenge.getMessage()))
                    .build();
            case AZURE_CLI -> new AzureCliCredentialBuilder().tenantId(tenant.tenantId().orElse(null)).build();
            case DEFAULT -> new DefaultAzureCredentialBuilder()
                    .httpClient(http)
                    .authorityHost(tenant.authorityHost())
                    .tenantId(tenant.tenantId().orElse(null))
                    .managedIdentityClientId(tenant.clientId().orElse(null))
                    .build();
        };
    }

    /** @param assertion called for each sign-in, so that a token that its issuer rotates is current */
    private TokenCredential federated(TenantSettings tenant, Supplier<String> assertion) {
        return app(new ClientAssertionCredentialBuilder(), tenant).clientAssertion(assertion).build();
    }

    private static String tokenIn(TenantSettings tenant) {
        String key = "live-response.tenant." + tenant.name() + ".federated-token-file";
        try {
            String token = Files.readString(needed(tenant, tenant.federatedTokenFile(), "federated-token-file")).strip();
            if (!token.isEmpty()) {
                return token;
            }
        } catch (IOException e) {
            throw new InvalidSettingException(key, "names a file that cannot be read — check path and permissions");
        }
        throw new InvalidSettingException(key, "names an empty file — check what writes the token");
    }

    private TokenCredential certificate(TenantSettings tenant) {
        ClientCertificateCredentialBuilder builder = app(new ClientCertificateCredentialBuilder(), tenant);
        String path = needed(tenant, tenant.certificatePath(), "certificate-path").toString();
        if (path.toLowerCase(Locale.ROOT).endsWith(".pem")) {
            return builder.pemCertificate(path).build();
        }
        return builder.pfxCertificate(path).clientCertificatePassword(tenant.certificatePassword().get().orElse(null)).build();
    }

    private <B extends AadCredentialBuilderBase<B>> B app(B builder, TenantSettings tenant) {
        builder.httpClient(http)
                .retryOptions(NO_RETRIES)
                .authorityHost(tenant.authorityHost())
                .tenantId(needed(tenant, tenant.tenantId(), "tenant-id"))
                .clientId(needed(tenant, tenant.clientId(), "client-id"));
        return isPrivate(tenant) ? builder.disableInstanceDiscovery() : builder;
    }

    /** Instance discovery asks a Microsoft host whether an authority is genuine, which a private one never is. */
    private static boolean isPrivate(TenantSettings tenant) {
        return !tenant.authorityHost().matches(PUBLIC_AUTHORITIES);
    }

    private static <T> T needed(TenantSettings tenant, Optional<T> value, String leaf) {
        return value.orElseThrow(() -> new InvalidSettingException("live-response.tenant." + tenant.name() + "." + leaf,
                "is missing — credential " + tenant.credential().text() + " needs it"));
    }
}
