package io.liveresponse.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.fetch.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What makes an append to several files one step. Before the append a file {@code intent.json} says how long each file is; the commit is
 * the result's own marker file; then the intent goes. A process that finds an intent without its marker cuts the files to what they
 * were. One writer at a time, across threads and processes. Thread-safe.
 */
final class TableState {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path tables;
    private final Path folder;
    private final ReentrantLock threads = new ReentrantLock();
    private final AtomicBoolean opened = new AtomicBoolean();

    TableState(Path tables) {
        this.tables = tables;
        this.folder = tables.resolve(".state");
    }

    /**
     * An append under way.
     *
     * @param marker the marker file's name
     * @param sizes  how long each file was, by its path below the tables' folder; 0 for one that was not there
     */
    record Intent(String marker, Map<String, Long> sizes) {
    }

    /** What is done while no other thread or process writes. */
    interface Work<T> {
        T run() throws IOException;
    }

    Path folder() {
        return folder;
    }

    /** Runs the work alone, with no append half done. */
    @SuppressWarnings("try") // held while the block runs
    <T> T alone(Work<T> work) throws IOException {
        threads.lock();
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                recover();
                return work.run();
            }
        } finally {
            threads.unlock();
        }
    }

    /** The summary that the marker holds; empty if the result is not in the tables. */
    Optional<RowSummary> committed(String marker) throws IOException {
        Path file = markerFile(marker);
        return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), RowSummary.class)) : Optional.empty();
    }

    void begin(Intent intent) throws IOException {
        write(folder.resolve("intent.json"), intent);
    }

    void commit(String marker, RowSummary summary) throws IOException {
        Files.createDirectories(markerFile(marker).getParent());
        write(markerFile(marker), summary);
        Files.delete(folder.resolve("intent.json"));
    }

    /** Once a process: repairs the tables and removes what processes that died have collected, if nothing wrote to it since. */
    void open(Instant before) throws IOException {
        Path parts = folder.resolve("parts");
        if (!opened.compareAndSet(false, true)) {
            return;
        }
        alone(() -> null);
        if (!Files.isDirectory(parts)) {
            return;
        }
        try (Stream<Path> folders = Files.list(parts)) {
            for (Path part : folders.toList()) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
                    try (Stream<Path> files = Files.walk(part)) {
                        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.deleteIfExists(file);
                        }
                    }
                }
            }
        }
    }

    private void recover() throws IOException {
        Path file = folder.resolve("intent.json");
        if (!Files.exists(file)) {
            return;
        }
        Intent intent = JSON.readValue(file.toFile(), Intent.class);
        if (committed(intent.marker()).isEmpty()) {
            for (Map.Entry<String, Long> each : intent.sizes().entrySet()) {
                Path table = tables.resolve(each.getKey());
                if (Files.exists(table)) {
                    try (FileChannel channel = FileChannel.open(table, StandardOpenOption.WRITE)) {
                        channel.truncate(each.getValue());
                        channel.force(true);
                    }
                }
            }
        }
        Files.delete(file);
    }

    private Path markerFile(String marker) {
        return folder.resolve("done").resolve(marker.substring(0, 2)).resolve(marker + ".json");
    }

    /** Whole or not at all. */
    static void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, JSON.writeValueAsBytes(value));
        DurableFiles.commit(part, file);
    }
}
