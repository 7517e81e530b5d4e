package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.BundleRoutes;
import io.liveresponse.simulator.http.EndpointKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --dev} in a process of its own: routes are edited while results flow through them. */
@Tag("integration")
class EditWhileRunningTest {

    private static final int REQUESTS = 200;

    @TempDir
    private Path directory;

    private Path routes;

    @Test
    void editsGoodAndBrokenLoseNothingAndRepeatNothing() throws Exception {
        routes = BundleRoutes.copyTo(directory.resolve("routes"));
        CrashScenario scenario = new CrashScenario(REQUESTS);
        try (CrashWorld world = CrashWorld.in(directory, scenario).with("live-response.worker.concurrency", "2");
                ServiceProcess service = ServiceProcess.start(world.home(), routes, world.settings(), "--dev")) {
            service.awaitStarted();
            world.putInInbox("all.jsonl", scenario.lines(0, REQUESTS));
            awaitTickets(world, 5);
            edit("route-result", "The device rejected the script's hash.", "The device refused the script's hash.");
            service.awaitLog("Edited routes run: changed " + BundleRoutes.fileIn(routes, "route-result") + " (route-result)");
            awaitTickets(world, 15);
            edit("deliver-ticket", "uri: direct:live-response-deliver-ticket", "url: direct:live-response-deliver-ticket");
            service.awaitLog("Edit rejected, the routes run unchanged: " + BundleRoutes.fileIn(routes, "deliver-ticket") + ":");
            awaitTickets(world, 25);
            edit("deliver-ticket", "url: direct:live-response-deliver-ticket", "uri: direct:live-response-deliver-ticket");
            edit("fetch-attempt", "100 link calls a minute and tenant.", "100 link calls a minute for each tenant.");
            service.awaitLog("Edited routes run: changed " + BundleRoutes.fileIn(routes, "fetch-attempt") + " (fetch-attempt)");

            try (Aftermath aftermath = Aftermath.in(world.data())) {
                aftermath.awaitAllEnded(REQUESTS);
                aftermath.allAreDelivered(scenario.keys());
            }
            Aftermath.filesAreWhole(world.results(), scenario.keys());
            assertThat(world.simulator().journal().count(EndpointKind.LINK)).isEqualTo(REQUESTS);
            assertThat(world.simulator().journal().count(EndpointKind.BLOB)).isEqualTo(REQUESTS);
            assertThat(world.simulator().journal().count(EndpointKind.TICKET)).isEqualTo(scenario.ticketed().size());
            assertThat(world.simulator().mails()).hasSize(scenario.mailed().size());
            service.terminate();
            assertThat(service.awaitEnd(Duration.ofSeconds(10))).isZero();
        }
    }

    private static void awaitTickets(CrashWorld world, int tickets) {
        await().atMost(ServiceProcess.PATIENCE).until(() -> world.simulator().ticketSystem().tickets().size() >= tickets);
    }

    private void edit(String route, String before, String after) throws IOException {
        Path file = BundleRoutes.fileIn(routes, route);
        String text = Files.readString(file);
        assertThat(text).containsOnlyOnce(before);
        Path part = Files.writeString(directory.resolve("part"), text.replace(before, after));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
