package io.liveresponse.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The ways to sign in, each with the tenant's settings that it cannot do without. */
public enum CredentialKind {
    CLIENT_SECRET("tenant-id", "client-id", "client-secret"),
    CERTIFICATE("tenant-id", "client-id", "certificate-path"),
    /** The client id only picks a user-assigned identity. */
    MANAGED_IDENTITY(),
    /** The platform's webhook gives what is not set, as environment variables. */
    WORKLOAD_IDENTITY(),
    DEVICE_CODE("tenant-id", "client-id"),
    AZURE_CLI(),
    /** Azure Identity's own chain. */
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

    /** @throws IllegalArgumentException where there is no such kind */
    static CredentialKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
