package io.liveresponse.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/** In which order results came into the tables, and where their rows are: what feeds follow. One file a day. */
final class FeedLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".log";

    private FeedLog() {
    }

    /**
     * The rows of one result.
     *
     * @param file the JSON-lines file, below the tables' folder
     * @param from the first byte
     * @param to   the byte behind the last
     */
    record Entry(String file, long from, long to) {
    }

    /** The file to append to: today's, but never an earlier one than the last, whatever the clock says. */
    static Path current(Path state, LocalDate today) throws IOException {
        Path folder = state.resolve("feed");
        Files.createDirectories(folder);
        List<String> names = names(state);
        String name = today + SUFFIX;
        return folder.resolve(names.isEmpty() || names.get(names.size() - 1).compareTo(name) < 0 ? name : names.get(names.size() - 1));
    }

    /** The files' names, the oldest first. */
    static List<String> names(Path state) throws IOException {
        Path folder = state.resolve("feed");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX)).sorted().toList();
        }
    }

    static Path file(Path state, String name) {
        return state.resolve("feed").resolve(name);
    }

    static void append(Path log, Entry entry) throws IOException {
        try (FileChannel out = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.wrap((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        }
    }

    static Entry parse(String line) throws IOException {
        return JSON.readValue(line, Entry.class);
    }
}
