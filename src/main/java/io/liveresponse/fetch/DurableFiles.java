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
        sync(part, StandardOpenOption.WRITE);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Windows opens no directory as a file, and needs no such step.
        if (File.separatorChar == '/') {
            sync(target.toAbsolutePath().getParent(), StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
