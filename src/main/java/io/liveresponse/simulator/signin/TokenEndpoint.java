package io.liveresponse.simulator.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code POST /{tenantId}/oauth2/v2.0/token}, client credentials only. */
public final class TokenEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
    private static final String SCOPE_SUFFIX = "/.default";
    /** The APIs that a tenant knows besides the one that its own scope names. */
    private static final Set<String> KNOWN_AUDIENCES = Set.of(
            "https://api.securitycenter.microsoft.com", "https://api.security.microsoft.com", "https://graph.microsoft.com",
            "https://outlook.office365.com", "https://monitor.azure.com");

    private final Map<String, SimulatorTenant> tenants;
    private final AccessTokens tokens;
    private final ClientCertificates certificates;

    /** @param tenants by tenant id */
    public TokenEndpoint(Map<String, SimulatorTenant> tenants, AccessTokens tokens, ClientCertificates certificates) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.certificates = certificates;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches() || !"POST".equals(request.method())) {
            return Optional.empty();
        }
        SimulatorTenant tenant = tenants.get(path.group(1));
        return Optional.of(Matched.open(EndpointKind.TOKEN, tenant == null ? null : tenant.name(), null,
                () -> answer(tenant, new QueryStringDecoder(request.body().toString(), false).parameters())));
    }

    private Reply answer(SimulatorTenant tenant, Map<String, List<String>> form) {
        if (tenant == null) {
            return ErrorBodies.entra(400, "invalid_request", 90002, "Tenant not found. Check to make sure you have the correct tenant ID.");
        }
        if (!"client_credentials".equals(field(form, "grant_type"))) {
            return ErrorBodies.entra(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!tenant.clientId().equals(field(form, "client_id"))) {
            return ErrorBodies.entra(400, "unauthorized_client", 700016,
                    "Application with this identifier was not found in the directory '" + tenant.name() + "'.");
        }
        Optional<Reply> refused = checkCredential(tenant, form);
        return refused.orElseGet(() -> grant(tenant, field(form, "scope")));
    }

    private Optional<Reply> checkCredential(SimulatorTenant tenant, Map<String, List<String>> form) {
        String assertion = field(form, "client_assertion");
        if (!assertion.isEmpty()) {
            return certificates.accepts(tenant, assertion)
                    ? Optional.empty()
                    : Optional.of(ErrorBodies.entra(401, "invalid_client",
                            700027, "The certificate with identifier used to sign the client assertion is not registered on application."));
        }
        String secret = field(form, "client_secret");
        if (secret.isEmpty()) {
            return Optional.of(ErrorBodies.entra(401, "invalid_client", 7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."));
        }
        return tenant.clientSecret().equals(secret)
                ? Optional.empty()
                : Optional.of(ErrorBodies.entra(401, "invalid_client",
                        7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, "
                                + "not the client secret ID, for a secret added to app '" + tenant.clientId() + "'."));
    }

    private Reply grant(SimulatorTenant tenant, String scopes) {
        // MSAL adds its usual scopes to the one that was asked for.
        List<String> resources = Pattern.compile(" +").splitAsStream(scopes).filter(scope -> scope.endsWith(SCOPE_SUFFIX)).toList();
        if (resources.size() != 1) {
            return ErrorBodies.entra(400, "invalid_scope", 1002012,
                    "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed "
                            + "to the resource identifier (application ID URI).");
        }
        String audience = SimulatorTenant.audienceOf(resources.get(0));
        if (!audience.equals(tenant.audience()) && !KNOWN_AUDIENCES.contains(audience)) {
            return ErrorBodies.entra(400, "invalid_resource", 500011,
                    "The resource principal was not found in the tenant named '" + tenant.name() + "'.");
        }
        long seconds = tokens.lifetime().toSeconds();
        return Reply.json(200, JsonNodeFactory.instance.objectNode()
                .put("token_type", "Bearer").put("expires_in", seconds).put("ext_expires_in", seconds)
                .put("access_token", tokens.issue(tenant, audience)))
                .with(Map.of("Cache-Control", "no-store, no-cache", "Pragma", "no-cache"));
    }

    private static String field(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of("")).get(0);
    }
}
