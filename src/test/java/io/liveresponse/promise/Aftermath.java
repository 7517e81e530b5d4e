package io.liveresponse.promise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.ticket.Ticket;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What there is to see once everything has come to its end. */
final class Aftermath implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LedgerDatabase database;
    private final Ledger ledger;

    private Aftermath(LedgerAddress address) {
        database = LedgerDatabase.attach(address);
        ledger = new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
    }

    /** The ledger in a data directory, whether its service runs or not. */
    static Aftermath in(Path dataDirectory) {
        return of(LedgerAddress.inDirectory(dataDirectory));
    }

    static Aftermath of(LedgerAddress address) {
        return new Aftermath(address);
    }

    Ledger ledger() {
        return ledger;
    }

    Map<RequestState, Long> counts() {
        return ledger.archive().counts().stream().collect(Collectors.groupingBy(RequestCount::state,
                Collectors.summingLong(RequestCount::requests)));
    }

    /** @param services that are expected to bring it to its end; one that ends by itself fails the test at once */
    void awaitAllEnded(long requests, ServiceProcess... services) {
        try {
            // the mail server's thread throws at a connection that a kill or a stop cuts
            Awaitility.await().dontCatchUncaughtExceptions().atMost(ServiceProcess.PATIENCE.plusMillis(200 * requests))
                    .pollInterval(Duration.ofMillis(200))
                    .failFast(() -> Stream.of(services).forEach(service -> assertThat(service.isAlive()).as(service::log).isTrue()))
                    .untilAsserted(() -> assertThat(
                            counts().getOrDefault(RequestState.DELIVERED, 0L) + counts().getOrDefault(RequestState.DEAD, 0L))
                            .as("of %s", counts()).isEqualTo(requests));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(unfinished(5) + Stream.of(services).map(ServiceProcess::warnings).collect(Collectors.joining()), e);
        }
    }

    /** Why the first of those that have not ended wait, for whoever reads of the failure alone. */
    private String unfinished(int max) {
        StringBuilder text = new StringBuilder("At " + database.clock().instant() + " (this process: " + Instant.now() + ") "
                + counts() + ", paused " + ledger.quota().pauses() + ", used "
                + ledger.quota().use(CallKind.LINK, CrashScenario.TENANT.tenantId()));
        ledger.archive().list(RequestFilter.ALL, null, 10_000).stream().filter(request -> request.endedAt() == null).limit(max)
                .forEach(request -> text.append("\n").append(request).append("\n  ")
                        .append(ledger.archive().show(request.key()).orElseThrow().events()));
        return text.toString();
    }

    void allAreDelivered(List<ResultKey> keys) {
        List<RequestRecord> requests = ledger.archive()
                .list(RequestFilter.ALL, null, keys.size() + 1);
        assertThat(requests).extracting(RequestRecord::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(requests).filteredOn(request -> request.state() != RequestState.DELIVERED)
                .extracting(request -> request.key() + " " + request.state() + " after " + request.attempts() + ": " + request.error())
                .isEmpty();
    }

    /** Every result's files are there, whole, and nothing else is. */
    static void filesAreWhole(Path results, List<ResultKey> keys) throws IOException, GeneralSecurityException {
        List<Path> files = filesIn(results);
        Map<String, Path> directories = files.stream().map(Path::getParent).distinct()
                .collect(Collectors.toMap(directory -> directory.getFileName().toString(), Function.identity()));
        for (ResultKey key : keys) {
            Path directory = directories.get(key.machineActionId());
            assertThat(directory).as("files of %s", key).isNotNull().startsWith(results.resolve(key.tenant()));
            JsonNode json = JSON.readTree(directory.resolve(key.commandIndex() + ".result.json").toFile());
            byte[] bytes = Files.readAllBytes(directory.resolve(json.path("file").asText()));
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                    .as("sha256 of %s", key).isEqualTo(json.path("sha256").asText());
        }
        assertThat(files).noneMatch(file -> file.toString().endsWith(".part"))
                .filteredOn(file -> file.toString().endsWith(".result.json")).hasSameSizeAs(keys);
    }

    static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    static void ticketsAreOneEach(Simulator simulator, Set<ResultKey> keys) {
        assertThat(simulator.ticketSystem().tickets()).extracting(Ticket::idempotencyKey).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(keys.stream().map(ResultKey::toString).toList());
    }

    /** How often each result was mailed. Fails where two mails of one result bear different ids, or two results share one. */
    static Map<String, Long> mails(Simulator simulator, Set<ResultKey> keys) {
        List<String> ids = simulator.mails().stream().map(Aftermath::messageId).toList();
        assertThat(Set.copyOf(ids)).hasSameSizeAs(keys)
                .allSatisfy(id -> assertThat(keys).anyMatch(key -> id.contains(key.machineActionId() + "." + key.commandIndex())));
        return ids.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String messageId(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
