package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.Stage;
import io.liveresponse.simulator.SettableClock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/** Readiness of the peers of two tenants, as the service registers it. */
class ReadinessTest {

    private static final Duration STANDSTILL = Duration.ofMinutes(1);
    private static final List<String> TENANTS = List.of("contoso", "fabrikam");

    private final SettableClock clock = new SettableClock();
    private final Peers peers = new Peers(clock);
    private final Readiness readiness = Readiness.degraded("peers", peers::fault, () -> peers.areDown(TENANTS, STANDSTILL));

    private void assertReadiness(HealthCheck.State state, String message) {
        HealthCheck.Result result = readiness.call();
        assertThat(result.getState()).isEqualTo(state);
        assertThat(result.getMessage().orElse("")).startsWith(message);
        assertThat(result.getMessage().isPresent()).isEqualTo(!message.isEmpty());
    }

    @Test
    void one_tenant_whose_peer_is_out_for_hours_degrades_readiness_and_leaves_it_up() {
        peers.refused(Peers.ofTenant(Stage.LINK, "contoso"), "503");
        clock.advance(Duration.ofHours(5));

        assertReadiness(HealthCheck.State.UP, "degraded: API for links of tenant contoso since 2026-03-01T10:00:00Z: 503");
    }

    @Test
    void a_sink_that_is_out_never_takes_readiness_down() {
        peers.refused(Peers.sink("ticket"), "503");
        clock.advance(Duration.ofHours(5));

        assertReadiness(HealthCheck.State.UP, "degraded: sink ticket since ");
    }

    @Test
    void readiness_is_down_once_nothing_goes_on_for_a_minute_and_up_with_the_first_answer() {
        peers.refused(Peers.ofTenant(Stage.TOKEN, "contoso"), "refused");
        peers.refused(Peers.ofTenant(Stage.BLOB, "fabrikam"), "503");
        clock.advance(STANDSTILL.minusSeconds(1));
        assertReadiness(HealthCheck.State.UP, "degraded: ");

        clock.advance(Duration.ofSeconds(1));
        assertReadiness(HealthCheck.State.DOWN, "blob store of tenant fabrikam since 2026-03-01T10:00:00Z: 503; sign-in of tenant contoso");

        peers.fetched("fabrikam");
        assertReadiness(HealthCheck.State.UP, "degraded: sign-in of tenant contoso");

        peers.fetched("contoso");
        assertReadiness(HealthCheck.State.UP, "");
    }

    @Test
    void a_single_failure_is_no_outage() {
        peers.failed(Peers.ofTenant(Stage.LINK, "contoso"), "reset");
        peers.failed(Peers.ofTenant(Stage.LINK, "fabrikam"), "reset");
        clock.advance(Duration.ofHours(1));

        assertReadiness(HealthCheck.State.UP, "");
    }
}
