package io.liveresponse.simulator.ticket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Reply;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Who may use the ticket systems: one user with a secret, which is password, token and client secret at once. Thread-safe. */
public final class TicketLogin {

    static final String USER = "live-response@example.com";
    private static final int TOKEN_LIFE = 1_800;

    private final String secret;
    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    private final AtomicInteger serial = new AtomicInteger();

    public TicketLogin(String secret) {
        this.secret = secret;
    }

    public String secret() {
        return secret;
    }

    boolean admits(Incoming request) {
        String given = request.headers().get("Authorization");
        String basic = Base64.getEncoder().encodeToString((USER + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + basic).equals(given) || ("Bearer " + secret).equals(given)
                || given != null && given.startsWith("Bearer ") && issued.contains(given.substring("Bearer ".length()));
    }

    /** {@code POST /oauth_token.do}, client credentials only. */
    Reply token(Incoming request) {
        Map<String, List<String>> form = new QueryStringDecoder(request.body().toString(), false).parameters();
        if (!List.of("client_credentials").equals(form.get("grant_type")) || !List.of(USER).equals(form.get("client_id"))
                || !List.of(secret).equals(form.get("client_secret"))) {
            return Reply.json(401, JsonNodeFactory.instance.objectNode()
                    .put("error", "server_error").put("error_description", "access_denied"));
        }
        String token = "ticket-token-" + serial.incrementAndGet() + "-" + secret.hashCode();
        issued.add(token);
        return Reply.json(200, JsonNodeFactory.instance.objectNode()
                .put("access_token", token).put("token_type", "Bearer").put("expires_in", TOKEN_LIFE).put("scope", "useraccount"));
    }

    /** From now on every token issued so far is refused. */
    void revokeTokens() {
        issued.clear();
    }
}
