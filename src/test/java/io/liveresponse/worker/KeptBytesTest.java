package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of results in this node's spool, while several nodes share a ledger. */
class KeptBytesTest {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final Instant now = Instant.now();
    private LedgerDatabase database;
    private Ledger ledger;
    private Retention retention;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("ledger")));
        Settings settings = Settings.of(Map.of("live-response.data-directory", directory.toString()));
        ledger = new Ledger(database, database.clock(), Quota.of(settings));
        retention = new Retention(ledger.archive(), settings, Clock.fixed(now, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static ResultKey key(int number) {
        return new ResultKey("contoso", new UUID(0, number).toString(), 0);
    }

    /** A file of this node's spool, with an age. */
    private Path spooled(int number, String bytes, Duration age) throws IOException {
        Path file = directory.resolve("spool/contoso/" + key(number).machineActionId() + "-0.blob");
        Files.createDirectories(file.getParent());
        Files.writeString(file, bytes);
        return Files.setLastModifiedTime(file, FileTime.from(now.minus(age)));
    }

    /** What some node has recorded. */
    private RequestRecord fetched(int number, Path path, String bytes) throws GeneralSecurityException {
        ledger.intake().accept(NewRequest.of(key(number)));
        ledger.queue().claim("node/run", LEASE, 8);
        String sha256 = HexFormat.of().formatHex(
                MessageDigest.getInstance("SHA-256").digest(bytes.getBytes(StandardCharsets.UTF_8)));
        ledger.settlement().fetched(key(number), "node/run", new FetchedFacts(Outcome.SUCCEEDED, 0, null, sha256, (long) bytes.length(),
                path.toString(), null, now, "node"));
        return ledger.archive().show(key(number)).orElseThrow().request();
    }

    @Test
    void bytes_under_the_path_of_another_nodes_result_are_taken_only_if_they_are_the_same() throws Exception {
        Path file = spooled(0, "of an attempt of this node", Duration.ZERO);

        assertThat(KeptResults.isHere(fetched(0, file, "as the other node fetched them"))).isFalse();
        assertThat(KeptResults.isHere(fetched(0, file, "of an attempt of this node"))).isTrue();
        Files.delete(file);
        assertThat(KeptResults.isHere(fetched(0, file, "of an attempt of this node"))).isFalse();
    }

    @Test
    void bytes_that_no_request_refers_to_any_more_are_deleted_by_the_node_that_has_them() throws Exception {
        Path referredTo = spooled(0, "kept", Duration.ofDays(9));
        fetched(0, referredTo, "kept");
        Path rowPrunedByAnotherNode = spooled(1, "gone", Duration.ofDays(9));
        Path fetchedByAnotherNodeToo = spooled(2, "gone", Duration.ofDays(9));
        fetched(2, Path.of("/data/of/another/node/spool/contoso/" + key(2).machineActionId() + "-0.blob"), "gone");
        Path notYetRecorded = spooled(3, "new", Duration.ofMinutes(59));
        Path noResult = Files.setLastModifiedTime(Files.writeString(referredTo.resolveSibling("notes.txt"), "x"),
                FileTime.from(now.minus(Duration.ofDays(9))));

        retention.prune();

        assertThat(referredTo).exists();
        assertThat(rowPrunedByAnotherNode).doesNotExist();
        assertThat(fetchedByAnotherNodeToo).doesNotExist();
        assertThat(notYetRecorded).exists();
        assertThat(noResult).exists();
    }

    @Test
    void more_files_than_fit_into_one_question_to_the_ledger_are_all_looked_at() throws Exception {
        for (int number = 0; number < 501; number++) {
            spooled(number, "gone", Duration.ofDays(1));
        }
        Path referredTo = spooled(501, "kept", Duration.ofDays(1));
        fetched(501, referredTo, "kept");

        retention.prune();

        assertThat(referredTo.getParent()).isDirectoryContaining(file -> file.equals(referredTo));
        assertThat(referredTo.getParent().toFile().list()).hasSize(1);
    }
}
