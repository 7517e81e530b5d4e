package io.liveresponse.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A blob as received, on disk.
 *
 * @param path            the file; flushed to the disk
 * @param sha256          of its bytes, 64 lower-case hex digits
 * @param size            in bytes
 * @param gzip            true if the bytes start like a gzip file (RFC 1952)
 * @param offeredFileName the store's {@code Content-Disposition} file name, or null; remote text, not to be used as a path
 * @param receivedAt      when the last byte was received
 */
public record SpooledBlob(Path path, String sha256, long size, boolean gzip, String offeredFileName, Instant receivedAt) {

    private static final int GZIP = 0x1f8b;

    /** The blob of an earlier attempt or run. */
    public static SpooledBlob kept(Path path, String sha256, long size, String offeredFileName, Instant receivedAt) {
        return new SpooledBlob(path, sha256, size, startsAsGzip(path), offeredFileName, receivedAt);
    }

    private static boolean startsAsGzip(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return (in.read() << 8 | in.read()) == GZIP;
        } catch (IOException e) {
            // reading the bytes fails with the same error
            return false;
        }
    }
}
