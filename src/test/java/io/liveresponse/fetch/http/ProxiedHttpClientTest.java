package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liveresponse.settings.ProxySettings;
import io.liveresponse.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a proxy that wants a login and refuses to connect, so that only the way to it is seen. */
class ProxiedHttpClientTest {

    private static final String LOGIN = "Basic "
            + Base64.getEncoder().encodeToString("me:proxy~password".getBytes(StandardCharsets.US_ASCII));

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, String> settings = new HashMap<>();
    private ServerSocket proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        settings.put("live-response.proxy.url", "http://127.0.0.1:" + proxy.getLocalPort());
        Thread thread = new Thread(this::serve, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private void serve() {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                boolean login = false;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    seen.add(line);
                    login |= line.equals("Proxy-Authorization: " + LOGIN);
                }
                String answer = login
                        ? "HTTP/1.1 403 Forbidden\r\n"
                        : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n";
                socket.getOutputStream()
                        .write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // the client, or the test, has ended
            }
        }
    }

    private int call(String address) throws IOException {
        HttpClientBuilder builder = HttpClientBuilder.create();
        new ProxiedHttpClient(new ApiHttpClient(System::nanoTime), ProxySettings.of(Settings.of(settings))).configureHttpClient(builder);
        try (CloseableHttpClient client = builder.build()) {
            HttpGet get = new HttpGet(address);
            get.setHeader("Authorization", "Bearer secret-bearer");
            return client.execute(get, answer -> answer.getCode());
        }
    }

    @Test
    void a_call_goes_through_the_proxy_and_the_bearer_does_not_reach_it() throws IOException {
        assertThat(call("https://api.invalid/api/machineactions")).isEqualTo(407);

        assertThat(seen).contains("CONNECT api.invalid:443 HTTP/1.1").noneMatch(line -> line.contains("secret-bearer"));
    }

    @Test
    void the_login_is_given_once_the_proxy_requires_it() throws IOException {
        settings.put("live-response.proxy.user", "me");
        settings.put("live-response.proxy.password", "proxy~password");

        assertThat(call("https://api.invalid/api/machineactions")).isEqualTo(403);

        assertThat(seen).contains("Proxy-Authorization: " + LOGIN).noneMatch(line -> line.contains("secret-bearer"));
    }

    @Test
    void a_host_of_the_list_is_called_without_the_proxy() {
        settings.put("live-response.proxy.no-proxy", "api.invalid");

        assertThat(catchThrowable(() -> call("https://api.invalid/"))).isInstanceOf(IOException.class);
        assertThat(seen).isEmpty();
    }
}
