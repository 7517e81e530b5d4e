package io.liveresponse.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways to sign in, each with the settings of the tenant that it requires. */
public enum CredentialKind {
    CLIENT_SECRET("tenant-id", "client-id", "client-secret"),
    CERTIFICATE("tenant-id", "client-id", "certificate-path"),
    /** A client id selects a user-assigned identity. */
    MANAGED_IDENTITY(),
    /** What is not set comes from the environment variables that the platform sets. */
    WORKLOAD_IDENTITY(),
    /** The OIDC token in a file is the client assertion, so that a workload of any issuer signs in without a secret. */
    FEDERATED_TOKEN_FILE("tenant-id", "client-id", "federated-token-file"),
    /** A managed identity's token is the client assertion, so that an identity of the home tenant signs in to other tenants. */
    FEDERATED_MANAGED_IDENTITY("tenant-id", "client-id"),
    DEVICE_CODE("tenant-id", "client-id"),
    AZURE_CLI(),
    /** The chain of Azure Identity. */
    DEFAULT();

    private final List<String> needs;

    CredentialKind(String... needs) {
        this.needs = List.of(needs);
    }

    /** The last segments of the keys that must be given. */
    List<String> needs() {
        return needs;
    }

    /** As settings spell it, such as {@code managed-identity}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> texts() {
        return Stream.of(values()).map(CredentialKind::text).toList();
    }

    /** @throws IllegalArgumentException if there is no such kind */
    static CredentialKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
