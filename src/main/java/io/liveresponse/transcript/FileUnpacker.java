package io.liveresponse.transcript;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Unpacks a GetFile result, which the device usually packs with gzip, beside the bytes as received; those are never changed.
 * Streams, so memory does not grow with the file. Thread-safe.
 */
public final class FileUnpacker {

    /** What became of it. */
    public enum Result {
        /** The target holds the file as it is on the device. */
        UNPACKED,
        /** The bytes received are the file itself; there is no target. */
        NOT_PACKED,
        /** The gzip ends too early; there is no target. */
        CUT_SHORT,
        /** The gzip is damaged, or something other than padding follows it; there is no target. */
        DAMAGED,
        /** It would unpack to more than is allowed; there is no target. */
        TOO_LARGE
    }

    // a small file of zeros packs better than any ratio that would still catch a bomb
    private static final long RATIO_COUNTS_FROM_BYTES = 1 << 20;

    private final long maxBytes;
    private final int maxRatio;

    /**
     * @param maxBytes how many bytes a file may have once unpacked
     * @param maxRatio how many times the bytes received; counts for files over 1 MiB only; gzip cannot pass 1,032
     */
    public FileUnpacker(long maxBytes, int maxRatio) {
        if (maxBytes < 1 || maxRatio < 1) {
            throw new IllegalArgumentException("maxBytes and maxRatio must be at least 1");
        }
        this.maxBytes = maxBytes;
        this.maxRatio = maxRatio;
    }

    /**
     * @param received the bytes as received
     * @param target   where to write the file; must not exist, and exists afterwards only with {@link Result#UNPACKED}
     * @param name     the file's name on the device. The device's own {@code .gz} files may come packed once more or not at all:
     *                 such a file is unpacked only if its content is gzip again
     * @throws IOException if the disk fails
     */
    public Result unpack(Path received, Path target, String name) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(received))) {
            if (!GunzipStream.isNext(in)) {
                return Result.NOT_PACKED;
            }
            long ratioLimit = Math.max(RATIO_COUNTS_FROM_BYTES, multiplied(Files.size(received), maxRatio));
            try (InputStream unpacked = new BufferedInputStream(new ByteLimit(new GunzipStream(in), Math.min(maxBytes, ratioLimit)))) {
                if (isGzipName(name) && !GunzipStream.isNext(unpacked)) {
                    return Result.NOT_PACKED;
                }
                write(unpacked, target);
                return Result.UNPACKED;
            }
        } catch (UnreadableException e) {
            return switch (e.reason()) {
                case TOO_LARGE -> Result.TOO_LARGE;
                case GZIP_CUT_SHORT -> Result.CUT_SHORT;
                default -> Result.DAMAGED;
            };
        }
    }

    private static void write(InputStream unpacked, Path target) throws IOException {
        OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
        try (out) {
            unpacked.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    private static boolean isGzipName(String name) {
        String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".gz") || lower.endsWith(".tgz");
    }

    private static long multiplied(long a, long b) {
        return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }
}
