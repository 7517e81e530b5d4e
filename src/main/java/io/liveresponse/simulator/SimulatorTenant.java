package io.liveresponse.simulator;

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
 * @param roles        the permissions that its tokens carry; null for {@code Machine.ReadWrite.All}
 */
public record SimulatorTenant(
        String name, String tenantId, String clientId, String clientSecret, String scope, List<String> roles) {

    /** The permission that the link call needs. */
    public static final String NEEDED_ROLE = "Machine.ReadWrite.All";

    private static final String COMMERCIAL_SCOPE = "https://api.securitycenter.microsoft.com/.default";
    private static final String DEFAULT_SUFFIX = "/.default";

    public SimulatorTenant {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        scope = scope == null ? COMMERCIAL_SCOPE : scope;
        roles = roles == null ? List.of(NEEDED_ROLE) : List.copyOf(roles);
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
    String audience() {
        return audienceOf(scope);
    }

    static String audienceOf(String scope) {
        return scope.endsWith(DEFAULT_SUFFIX) ? scope.substring(0, scope.length() - DEFAULT_SUFFIX.length()) : scope;
    }

    @Override
    public String toString() {
        return "SimulatorTenant[" + name + ", " + tenantId + "]";
    }
}
