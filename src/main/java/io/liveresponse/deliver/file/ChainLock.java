package io.liveresponse.deliver.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Keeps the chain to one writer at a time: of all processes, and of all contexts in this one. */
final class ChainLock {

    private static final String NAME = ".results.lock";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    /** What is done while nobody else writes. */
    interface Work<T> {

        T run() throws IOException;
    }

    private ChainLock() {
    }

    /** @throws IOException if the lock file cannot be written, another holds the lock for half a minute, or the work fails */
    static <T> T holding(Path root, Work<T> work) throws IOException {
        try (FileChannel channel = FileChannel.open(root.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            while (!isTaken(channel)) {
                if (System.nanoTime() - start > PATIENCE.toNanos() || Thread.currentThread().isInterrupted()) {
                    throw new IOException("another writer holds " + NAME);
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            return work.run();
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // another context in this process has it
            return false;
        }
    }
}
