package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.simulator.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 2);

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();

    private Spool spool(long maxBytes) {
        return new Spool(directory, maxBytes, Duration.ofSeconds(10), clock);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theBytesAreKeptUnderTheResultsName() throws Exception {
        SpooledBlob blob = spool(100).store(KEY, bytes("abc"), "../offered");

        assertThat(blob.path()).isEqualTo(directory.resolve("contoso/5382f7ea-7557-4ab7-9782-d50480024a4e-2.blob")).hasContent("abc");
        assertThat(blob.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(blob.size()).isEqualTo(3);
        assertThat(blob.gzip()).isFalse();
        assertThat(blob.offeredFileName()).isEqualTo("../offered");
        assertThat(blob.receivedAt()).isEqualTo(clock.instant());
        assertThat(files()).hasSize(1);
    }

    @Test
    void gzipIsKnownByItsFirstTwoBytesHoweverTheyCome() throws Exception {
        assertThat(spool(100).store(KEY, new OneByOne("\u001f\u008bxyz"), null).gzip()).isTrue();
        assertThat(spool(100).store(KEY, bytes("\u001f"), null).gzip()).isFalse();
        assertThat(spool(100).store(KEY, bytes("\u008b\u001f"), null).gzip()).isFalse();
    }

    @Test
    void anEmptyBlobIsABlob() throws Exception {
        assertThat(spool(1).store(KEY, bytes(""), null).size()).isZero();
    }

    @Test
    void theLimitItselfFitsAndOneMoreDoesNot() throws Exception {
        assertThat(spool(3).store(KEY, bytes("abc"), null).size()).isEqualTo(3);
        Files.delete(spool(3).pathOf(KEY));

        assertFails(spool(3), bytes("abcd"), FailureCode.BLOB_TOO_LARGE);
    }

    @Test
    void aStreamThatBreaksLeavesNothing() throws Exception {
        assertFails(spool(100), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("https://store.example/x?sig=secret");
            }
        }, FailureCode.BLOB_CUT_SHORT);
    }

    @Test
    void whatWasThereStaysWhereTheNextTryFails() throws Exception {
        spool(100).store(KEY, bytes("good"), null);

        assertThatThrownBy(() -> spool(3).store(KEY, bytes("too much"), null)).isInstanceOf(LiveResponseException.class);

        assertThat(spool(100).pathOf(KEY)).hasContent("good");
        assertThat(files()).hasSize(1);
    }

    private void assertFails(Spool spool, InputStream body, FailureCode code) throws IOException {
        assertThatThrownBy(() -> spool.store(KEY, body, null)).isInstanceOfSatisfying(LiveResponseException.class, failure -> {
            assertThat(failure.getCode()).isEqualTo(code);
            assertThat(failure).hasNoCause();
            assertThat(failure.getMessage()).doesNotContain("sig=");
        });
        assertThat(files()).isEmpty();
    }

    private static final class OneByOne extends ByteArrayInputStream {

        OneByOne(String text) {
            super(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
        }
    }

    @Test
    void a_blob_larger_than_the_free_disk_is_told_from_a_disk_that_is_full_without_it() throws Exception {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        Assumptions.assumeThat(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=12m", "none", disk.toString()).start().waitFor())
                .as("NO DISK CAN BE MOUNTED HERE, SO NONE CAN BE FILLED").isZero();
        try {
            Spool spool = new Spool(disk, 1L << 30, Duration.ofSeconds(10), clock);

            assertThat(code(spool)).isEqualTo(FailureCode.BLOB_NO_ROOM);
            assertThat(files()).isEmpty();
            Files.write(disk.resolve("filler"), new byte[10 << 20]);
            assertThat(code(spool)).isEqualTo(FailureCode.BLOB_NOT_STORED);
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }

    private static FailureCode code(Spool spool) {
        return catchThrowableOfType(LiveResponseException.class, () -> spool.store(KEY, new ByteArrayInputStream(new byte[20 << 20]), null))
                .getCode();
    }
}
