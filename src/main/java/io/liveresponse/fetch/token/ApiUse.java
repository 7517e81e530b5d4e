package io.liveresponse.fetch.token;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a token is used for, with the permissions that Microsoft's pages list for it: "Get live response results" (2025-11-13), "Get
 * machine action", "Run live response" (2025-12-31), "Cancel machine action" and "Library methods".
 */
public enum ApiUse {
    /** The download link of a result. {@code Machine.LiveResponse} as an application permission starts actions, but reads no result. */
    RESULTS("Machine.ReadWrite.All", "Machine.LiveResponse"),
    /** Getting and listing machine actions. */
    ACTIONS("Machine.ReadWrite.All", "Machine.ReadWrite"),
    /** Starting and cancelling live responses. */
    RUNS("Machine.LiveResponse", "Machine.LiveResponse"),
    LIBRARY("Library.Manage", "Library.Manage");

    private final String application;
    private final String delegated;

    ApiUse(String application, String delegated) {
        this.application = application;
        this.delegated = delegated;
    }

    /** The permission of an app registration that signs in by itself. */
    public String application() {
        return application;
    }

    /** The permission of a token on behalf of a person. */
    public String delegated() {
        return delegated;
    }

    /** As options spell it, such as {@code results}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isGranted(List<String> roles, List<String> scopes) {
        return roles.contains(application) || scopes.contains(delegated);
    }

    /** What to grant; empty if the token has it. */
    Optional<String> missing(TokenClaims claims) {
        if (isGranted(claims.roles(), claims.scopes())) {
            return Optional.empty();
        }
        return Optional.of(claims.isDelegated() ? "the delegated permission " + delegated : "the application permission " + application);
    }
}
