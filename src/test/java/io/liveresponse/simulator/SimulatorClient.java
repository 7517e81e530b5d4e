package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.settings.TrustStoreFile;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The calls a client of the real services makes, over the JDK's HTTP client and the simulator's trust store. */
final class SimulatorClient {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Simulator simulator;
    private final HttpClient http;

    SimulatorClient(Simulator simulator) throws IOException, GeneralSecurityException {
        this.simulator = simulator;
        this.http = client(simulator);
    }

    static HttpClient client(Simulator simulator) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(TrustStoreFile.load(simulator.trustStore(), null));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(60)).build();
    }

    HttpResponse<String> requestToken(SimulatorTenant tenant, String secret) throws IOException, InterruptedException {
        return requestToken(tenant.tenantId(), Map.of("grant_type", "client_credentials", "client_id", tenant.clientId(),
                "client_secret", secret, "scope", tenant.scope()));
    }

    HttpResponse<String> requestToken(String tenantId, Map<String, String> form) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return http.send(HttpRequest.newBuilder(simulator.authorityHost().resolve("/" + tenantId + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), BodyHandlers.ofString());
    }

    String token(SimulatorTenant tenant) throws IOException, InterruptedException {
        return JSON.readTree(requestToken(tenant, tenant.clientSecret()).body()).path("access_token").asText();
    }

    HttpResponse<String> api(String token, String pathAndQuery) throws IOException, InterruptedException {
        return get(simulator.apiUrl() + pathAndQuery, "Authorization", "Bearer " + token);
    }

    HttpResponse<String> postToApi(String token, String path, String json) throws IOException, InterruptedException {
        return send(request(simulator.apiUrl() + path, "Authorization", "Bearer " + token, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    /** One RunScript command. */
    HttpResponse<String> run(String token, String machineId, String script) throws IOException, InterruptedException {
        return postToApi(token, "/api/machines/" + machineId + "/runliveresponse",
                "{\"Commands\":[{\"type\":\"RunScript\",\"params\":[{\"key\":\"ScriptName\",\"value\":\"" + script
                        + "\"}]}],\"Comment\":\"run 7\"}");
    }

    HttpResponse<String> cancel(String token, String actionId) throws IOException, InterruptedException {
        return postToApi(token, "/api/machineactions/" + actionId + "/cancel", "{\"Comment\":\"no longer wanted\"}");
    }

    JsonNode action(String token, String id) throws IOException, InterruptedException {
        return JSON.readTree(api(token, "/api/machineactions/" + id).body());
    }

    static String code(HttpResponse<String> answer) throws IOException {
        return error(answer).path("code").asText();
    }

    HttpResponse<String> requestLink(String token, String action, Object index) throws IOException, InterruptedException {
        return api(token, "/api/machineactions/" + action + "/GetLiveResponseResultDownloadLink(index=" + index + ")");
    }

    String link(String token, String action, int index) throws IOException, InterruptedException {
        return value(requestLink(token, action, index));
    }

    static String value(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("value").asText();
    }

    static JsonNode error(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("error");
    }

    HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
        return send(request(url, headers).build(), BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException, InterruptedException {
        return http.send(request, handler);
    }

    static HttpRequest.Builder request(String url, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? builder : builder.headers(headers);
    }
}
