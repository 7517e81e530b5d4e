package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {

    private static final Map<String, String> GIVEN = Map.of("live-response.proxy.url", "http://proxy.example.org:3128",
            "live-response.proxy.user", "me", "live-response.proxy.password", "proxy~password",
            "live-response.proxy.no-proxy", "tickets.example.org, .internal.example.org,*.lab.example.org");

    private final ProxySettings proxy = ProxySettings.of(Settings.of(GIVEN)).orElseThrow();

    @Test
    void there_is_no_proxy_without_an_address() {
        assertThat(ProxySettings.of(Settings.of(Map.of("live-response.tenants", "a")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"tickets.example.org, true", "TICKETS.example.org, true", "a.internal.example.org, true", "b.lab.example.org, true",
            "internal.example.org, false", "nottickets.example.org, false", "api.security.microsoft.com, false", "169.254.169.254, true"})
    void hosts_of_the_list_and_the_metadata_service_are_called_directly(String host, boolean direct) {
        assertThat(proxy.bypasses(host)).isEqualTo(direct);
        assertThat(proxy.selector().select(URI.create("https://" + host + "/x"))).singleElement()
                .isEqualTo(direct
                        ? Proxy.NO_PROXY
                        : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example.org", 3128)));
    }

    @Test
    void the_password_is_in_no_text() {
        assertThat(proxy.toString()).isEqualTo("proxy.example.org:3128 with a login");
    }
}
