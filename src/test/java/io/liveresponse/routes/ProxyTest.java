package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ConnectProxy;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in and both hops of a fetch go through the proxy of {@code live-response.proxy.}, or past it. */
class ProxyTest extends RoutesTestSupport {

    private ConnectProxy proxy;

    @BeforeEach
    void openProxy() throws Exception {
        proxy = ConnectProxy.open();
        set("live-response.proxy.url", proxy.url());
        startSimulator();
    }

    @AfterEach
    void closeProxy() throws Exception {
        proxy.close();
    }

    private static String place(URI url) {
        return url.getHost() + ":" + url.getPort();
    }

    @Test
    void sign_in_api_and_blob_store_are_reached_through_the_proxy() throws Exception {
        start();

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);

        assertThat(proxy.targets()).containsExactly(place(simulator.authorityHost()), place(simulator.apiUrl()),
                place(simulator.blobUrl()));
        assertThat(proxy.others()).isEmpty();
    }

    @Test
    void hosts_of_the_no_proxy_list_are_reached_without_it() throws Exception {
        set("live-response.proxy.no-proxy", "localhost");
        start();

        assertThat(result(fetch(KEY)).key()).isEqualTo(KEY);

        assertThat(proxy.targets()).isEmpty();
        assertThat(proxy.others()).isEmpty();
    }
}
