package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes blobs to disk as they come: through one small buffer, never whole in memory, under a temporary name until every
 * byte is on the disk. One file a result; a result fetched again replaces its file. Thread-safe.
 */
public final class Spool {

    private static final int BUFFER = 64 * 1024;
    private static final long LEAST_BYTES = 16 * 1024;
    /** With less, no work is claimed. */
    private static final long LEAST_FREE = 4L << 20;
    private static final String PART = ".part-";
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Path directory;
    private final long maxBytes;
    private final Duration patience;
    private final Clock clock;

    /**
     * @param maxBytes a blob with more is refused
     * @param patience a blob that brings fewer than 16 KB in this time is given up
     */
    public Spool(Path directory, long maxBytes, Duration patience, Clock clock) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Reads the stream to its end and closes it.
     *
     * @throws LiveResponseException BLOB_CUT_SHORT if the stream breaks, BLOB_TOO_LARGE, BLOB_NO_ROOM, BLOB_NOT_STORED; no file is left
     */
    public SpooledBlob store(ResultKey key, InputStream body, String offeredFileName) throws LiveResponseException {
        Path target = pathOf(key);
        Path part = target.resolveSibling(target.getFileName() + PART + Thread.currentThread().getId());
        try (InputStream in = new MinRateInputStream(body, clock, patience, LEAST_BYTES)) {
            Files.createDirectories(part.getParent());
            String sha256 = copy(key, in, part);
            DurableFiles.commit(part, target);
            return SpooledBlob.kept(target, sha256, Files.size(target), offeredFileName, now());
        } catch (IOException e) {
            throw isFilledBy(part) ? noRoom(key, part) : notStored(e);
        } finally {
            deleteQuietly(part);
        }
    }

    /** Removes what a process that died left half written; only for one that is alone here, and before it stores anything. */
    public void sweepParts() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.getFileName().toString().contains(".blob" + PART)).forEach(Spool::deleteQuietly);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the spool in {} could not be swept ({}); its parts stay", directory, e.getClass().getSimpleName());
        }
    }

    /** Where the bytes of a result are, or would be. */
    public Path pathOf(ResultKey key) {
        return directory.resolve(key.tenant()).resolve(key.machineActionId() + "-" + key.commandIndex() + ".blob");
    }

    /** @return the sha256 of what was copied */
    private String copy(ResultKey key, InputStream in, Path part) throws LiveResponseException, IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(part)) {
            int read;
            while ((read = readRemote(in, buffer)) >= 0) {
                size += read;
                if (size > maxBytes) {
                    throw new LiveResponseException(FailureCode.BLOB_TOO_LARGE, "the result of " + key + " has more than the "
                            + maxBytes + " bytes that live-response.result.max-bytes allows");
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return Hex.encodeHexString(digest.digest());
    }

    private static int readRemote(InputStream in, byte[] buffer) throws LiveResponseException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new LiveResponseException(FailureCode.BLOB_CUT_SHORT,
                    "the blob broke off before its end (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whether the disk is full with the part and has room without it: what does not fit is the blob, and waiting alone does not help. */
    private static boolean isFilledBy(Path part) {
        long free = part.toFile().getParentFile().getUsableSpace();
        return free < LEAST_FREE && part.toFile().length() + free >= LEAST_FREE;
    }

    private LiveResponseException noRoom(ResultKey key, Path part) {
        return new LiveResponseException(FailureCode.BLOB_NO_ROOM, "the result of " + key + " has more than the " + part.toFile().length()
                + " bytes that were free for the spool in " + directory + "; free some space, then replay it if it was dead-lettered");
    }

    private LiveResponseException notStored(IOException e) {
        return new LiveResponseException(FailureCode.BLOB_NOT_STORED, "cannot write to the spool in " + directory + " ("
                + e.getClass().getSimpleName() + ": " + e.getMessage() + "); free some space or fix its permissions");
    }

    /** To what every database keeps, so that a result read again is the same to the byte. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // Swept at the next start.
        }
    }
}
