package io.liveresponse.simulator.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /{tenantId}/v2.0/.well-known/openid-configuration}, as much of it as a sign-in library reads. */
public final class MetadataEndpoint implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/([^/]+)/v2\\.0/\\.well-known/openid-configuration");

    private final Map<String, SimulatorTenant> tenants;
    private final Supplier<URI> authorityHost;

    /** @param tenants by tenant id */
    public MetadataEndpoint(Map<String, SimulatorTenant> tenants, Supplier<URI> authorityHost) {
        this.tenants = tenants;
        this.authorityHost = authorityHost;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches() || !"GET".equals(request.method()) || !tenants.containsKey(path.group(1))) {
            return Optional.empty();
        }
        String base = authorityHost.get() + "/" + path.group(1);
        return Optional.of(Matched.open(EndpointKind.METADATA, tenants.get(path.group(1)).name(), null,
                () -> Reply.json(200, JsonNodeFactory.instance.objectNode()
                        .put("issuer", base + "/v2.0")
                        .put("authorization_endpoint", base + "/oauth2/v2.0/authorize")
                        .put("token_endpoint", base + "/oauth2/v2.0/token")
                        .put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode"))));
    }
}
