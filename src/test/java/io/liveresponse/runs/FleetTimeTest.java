package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.model.RunTable;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of hours with the shipped limits, by a virtual clock. {@code -Dlive-response.long=true} takes 5,000 devices. */
@Tag("integration")
class FleetTimeTest {

    private static final boolean LONG = Boolean.getBoolean("live-response.long");
    /** As shipped; a fifth of it in an everyday build, with a fifth of the devices. */
    private static final int SESSIONS = LONG ? 50 : 10;
    private static final int BUDGET = SESSIONS / 2;
    private static final int THERE = LONG ? 240 : 48;
    private static final int AWAY = THERE / 4;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final Supplier<Duration> AT_ONCE = () -> Duration.ZERO;

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void a_run_takes_as_long_as_its_start_estimates() throws Exception {
        int devices = LONG ? 5_000 : 120;
        ScenarioFleet all = ScenarioFleet.of(VirtualFleet.TENANT, devices, 7).restricted("3").unsupported("5");
        try (VirtualFleet fleet = new VirtualFleet(directory, VirtualFleet.scenario(all, SHORT), Map.of(), AT_ONCE)) {
            RunPreparation.Started started = fleet.order(all);
            fleet.passUntilRan(started.run(), devices - 8);
            RunTable table = fleet.finish(started.run());

            assertThat(table.ends()).isEqualTo(Map.of("ran", devices - 8, "restricted", 3, "unsupported", 5));
            assertThat(table.outcomes()).isEqualTo(Map.of("succeeded", devices - 8));
            long estimate = started.estimate().earliestEnd().toSeconds();
            assertThat(fleet.took(started.run()).toSeconds()).isBetween(estimate, estimate + estimate / 10);
            assertThat(fleet.mostStarts()).as("the limit is kept, and used").isEqualTo(10);
            assertThat(fleet.simulator().journal().answers429()).isZero();
            assertThat(fleet.simulator().runs().scriptsPerDevice()).hasSize(devices - 8)
                    .allSatisfy((machine, times) -> assertThat(times).isOne());
        }
    }

    @Test
    void no_minute_has_too_many_starts_though_a_permit_may_be_a_second_old_when_its_call_arrives() throws Exception {
        Random random = new Random(7);
        ScenarioFleet all = ScenarioFleet.of(VirtualFleet.TENANT, 60, 7);
        try (VirtualFleet fleet = new VirtualFleet(directory, VirtualFleet.scenario(all, SHORT), Map.of(),
                () -> Duration.ofMillis(random.nextInt(1_000)))) {
            RunPreparation.Started started = fleet.order(all);
            fleet.passUntilRan(started.run(), 60);

            assertThat(fleet.mostStarts()).isEqualTo(10);
            assertThat(fleet.simulator().journal().answers429()).isZero();
        }
    }

    @Test
    void devices_that_are_away_delay_the_others_by_their_starts_alone() throws Exception {
        Duration without = took("without", SHORT, 0, Map.of());
        Duration with = took("with", SHORT, AWAY, Map.of());

        assertThat(with.minus(without)).isLessThanOrEqualTo(startsOf(AWAY));
    }

    @Test
    void devices_that_are_away_take_no_more_sessions_from_the_others_than_their_budget() throws Exception {
        Map<String, String> limits = Map.of("live-response.run.sessions", Integer.toString(SESSIONS),
                "live-response.run.pending-budget", Integer.toString(BUDGET), "live-response.run.pending-after", LONG ? "5m" : "1m");
        Duration without = took("without", Duration.ofMinutes(9), 0, limits);
        Duration with = took("with", Duration.ofMinutes(9), AWAY, limits);

        assertThat(with).isLessThanOrEqualTo(without.multipliedBy(SESSIONS).dividedBy(SESSIONS - BUDGET).plus(startsOf(AWAY)));
    }

    private static Duration startsOf(int devices) {
        return Duration.ofSeconds(62L * devices / 10);
    }

    /** How long devices take that are there, beside so many that are away. */
    private Duration took(String name, Duration runTime, int away, Map<String, String> limits) throws Exception {
        ScenarioFleet all = ScenarioFleet.of(VirtualFleet.TENANT, THERE + away, 7).offline(Integer.toString(away));
        try (VirtualFleet fleet = new VirtualFleet(directory.resolve(name), VirtualFleet.scenario(all, runTime), limits, AT_ONCE)) {
            RunPreparation.Started started = fleet.order(all);
            fleet.passUntilRan(started.run(), THERE);
            assertThat(fleet.simulator().runs().maxSessions(VirtualFleet.TENANT)).isLessThanOrEqualTo(
                    Integer.parseInt(limits.getOrDefault("live-response.run.sessions", "50")));
            assertThat(fleet.simulator().runs().scriptsPerDevice()).hasSize(THERE);
            assertThat(fleet.mostStarts()).isLessThanOrEqualTo(10);
            return fleet.took(started.run());
        }
    }
}
