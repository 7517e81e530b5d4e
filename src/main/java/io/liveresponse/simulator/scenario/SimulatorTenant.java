package io.liveresponse.simulator.scenario;

import java.util.List;
import java.util.Objects;

/**
 * A tenant that the simulator signs in. The text form leaves out the secret.
 *
 * @param name         the name as in {@code live-response.tenants}
 * @param tenantId     the GUID in the token endpoint's path
 * @param clientId     the app registration that is known
 * @param clientSecret its secret
 * @param scope        the scope whose tokens the API takes; null for the commercial cloud's
 * @param roles        the permissions that its tokens carry; null for all that the API asks for
 */
public record SimulatorTenant(
        String name, String tenantId, String clientId, String clientSecret, String scope, List<String> roles) {

    /** Reads actions and results. */
    public static final String READ_WRITE = "Machine.ReadWrite.All";
    /** Starts and cancels live responses. */
    public static final String LIVE_RESPONSE = "Machine.LiveResponse";
    /** Reads and changes the library. */
    public static final String LIBRARY_MANAGE = "Library.Manage";

    private static final String COMMERCIAL_SCOPE = "https://api.securitycenter.microsoft.com/.default";
    private static final String DEFAULT_SUFFIX = "/.default";

    public SimulatorTenant {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        scope = scope == null ? COMMERCIAL_SCOPE : scope;
        roles = roles == null ? List.of(READ_WRITE, LIVE_RESPONSE, LIBRARY_MANAGE) : List.copyOf(roles);
    }

    /** A tenant of the commercial cloud with the permission that is needed. */
    public static SimulatorTenant of(String name, String tenantId, String clientId, String clientSecret) {
        return new SimulatorTenant(name, tenantId, clientId, clientSecret, null, null);
    }

    public SimulatorTenant withRoles(String... others) {
        return new SimulatorTenant(name, tenantId, clientId, clientSecret, scope, List.of(others));
    }

    public SimulatorTenant withScope(String other) {
        return new SimulatorTenant(name, tenantId, clientId, clientSecret, other, roles);
    }

    /** The audience that the API expects: the scope without {@code /.default}. */
    public String audience() {
        return audienceOf(scope);
    }

    public static String audienceOf(String scope) {
        return scope.endsWith(DEFAULT_SUFFIX) ? scope.substring(0, scope.length() - DEFAULT_SUFFIX.length()) : scope;
    }

    @Override
    public String toString() {
        return "SimulatorTenant[" + name + ", " + tenantId + "]";
    }
}
