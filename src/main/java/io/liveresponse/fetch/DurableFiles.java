package io.liveresponse.fetch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are either not there or whole, also after a power cut. */
public final class DurableFiles {

    private DurableFiles() {
    }

    /**
     * Gives a finished temporary file its name: bytes first, then the rename, then the directory that holds it, since a
     * rename is durable only once the directory is (fsync(2)).
     */
    public static void commit(Path part, Path target) throws IOException {
        rename(part, target);
        syncDirectory(target.toAbsolutePath().getParent());
    }

    /** As {@link #commit}, but the name is durable only after {@link #syncDirectory}, which then serves several files at once. */
    public static void rename(Path part, Path target) throws IOException {
        sync(part, StandardOpenOption.WRITE);
        replace(part, target);
    }

    /** Gives a file its name in one step; after a power cut the one before it, or none, may be there. */
    public static void replace(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the names in a directory durable. */
    public static void syncDirectory(Path directory) throws IOException {
        // Windows opens no directory as a file, and needs no such step.
        if (File.separatorChar == '/') {
            sync(directory, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
