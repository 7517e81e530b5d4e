package io.liveresponse.rows;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The tables on disk: for each rule and day one CSV and one JSON-lines file of rows, and the same of rejects. A result is in the tables
 * whole or not at all, and once for each version of its rule, however often it is delivered and whenever the process dies. A file ends
 * at {@code live-response.rows.max-file-bytes} or when the rule's columns change; the next result begins another. Thread-safe, also
 * across processes that share the folder.
 */
public final class RowTables {

    /** Exchange variable: the {@link RowTableWriter} of the result in progress. */
    public static final String WRITER = "liveResponseRowWriter";

    private static final Duration OLD_PART = Duration.ofDays(2);

    private final Path directory;
    private final long maxBytes;
    private final Clock clock;
    private final TableState state;

    /**
     * @param directory {@code live-response.rows.directory}; made if it is missing
     * @param maxBytes  a file of this many bytes takes no further result
     * @param clock     by its day the log that feeds read is parted
     */
    public RowTables(Path directory, long maxBytes, Clock clock) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.state = new TableState(directory);
    }

    Path directory() {
        return directory;
    }

    TableState state() {
        return state;
    }

    /**
     * Begins one result; the caller closes the writer, which forgets what was not committed.
     *
     * @throws LiveResponseException DELIVERY_NOT_STORED if the disk does not take the tables
     */
    public RowTableWriter open(@Body RowStream rows) throws LiveResponseException {
        try {
            state.open(clock.instant().minus(OLD_PART));
            return new RowTableWriter(this, rows);
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /** Reports only the kind of failure: Java's own message is a path. */
    static LiveResponseException notStored(IOException e) {
        return new LiveResponseException(FailureCode.DELIVERY_NOT_STORED, "the tables of rows cannot be written ("
                + e.getClass().getSimpleName() + "); free some space or fix the permissions of live-response.rows.directory");
    }

    /**
     * Adds rows and rejects of the result in progress; nothing of them is in the tables before the commit.
     *
     * @throws LiveResponseException DELIVERY_NOT_STORED if the disk does not take them
     */
    public void write(@Body List<RowItem> items, @Variable(WRITER) RowTableWriter writer) throws LiveResponseException {
        try {
            for (RowItem item : items) {
                writer.add(item);
            }
        } catch (IOException e) {
            throw notStored(e);
        }
    }

    /** Where the results of one version of a rule are marked as done. */
    static String marker(RowSummary summary) {
        return DigestUtils.sha256Hex(summary.key() + "\n" + summary.rule());
    }

    /** What became of a result under one version of a rule; empty if it is not in the tables. */
    Optional<RowSummary> committed(RowSummary of) throws IOException {
        return state.committed(marker(of));
    }

    /** Puts the parts into their tables, unless the result is there; returns what the tables hold of it. */
    RowSummary commit(RowOrigin origin, RowRule rule, RowSummary summary, PartFile rows, PartFile rejects) throws IOException {
        String marker = marker(summary);
        return state.alone(() -> {
            Optional<RowSummary> earlier = state.committed(marker);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            append(origin, rule, summary, rows, rejects, marker);
            return summary;
        });
    }

    private void append(RowOrigin origin, RowRule rule, RowSummary summary, PartFile rows, PartFile rejects, String marker)
            throws IOException {
        LocalDate day = LocalDate.ofInstant(origin.time(), ZoneOffset.UTC);
        Table rowTable = rows.isEmpty() ? null : table(rule.table(), day.toString(), PartFile.header(RowText.columns(rule)));
        Table rejectTable = rejects.isEmpty()
                ? null
                : table(rule.table(), day + ".rejects", PartFile.header(RowText.REJECT_COLUMNS));
        Path log = FeedLog.current(state.folder(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Map<String, Long> sizes = new LinkedHashMap<>();
        sizes.put(name(log), sizeOf(log));
        for (Table table : new Table[]{rowTable, rejectTable}) {
            if (table != null) {
                sizes.put(name(table.csv()), sizeOf(table.csv()));
                sizes.put(name(table.jsonl()), sizeOf(table.jsonl()));
            }
        }
        state.begin(new TableState.Intent(marker, sizes));
        if (rejectTable != null) {
            append(rejectTable, rejects);
        }
        if (rowTable != null) {
            append(rowTable, rows);
            String json = name(rowTable.jsonl());
            FeedLog.append(log, new FeedLog.Entry(json, sizes.get(json), sizeOf(rowTable.jsonl())));
        }
        state.commit(marker, summary);
    }

    private record Table(Path csv, Path jsonl, String header) {
    }

    /** The first of the day's files that has room and these columns. */
    private Table table(String name, String day, String header) throws IOException {
        Path folder = directory.resolve(name);
        Files.createDirectories(folder);
        for (int number = 1;; number++) {
            String file = day + (number == 1 ? "" : "." + number);
            Table table = new Table(folder.resolve(file + ".csv"), folder.resolve(file + ".jsonl"), header);
            long size = sizeOf(table.csv());
            if (size == 0 || size < maxBytes && sizeOf(table.jsonl()) < maxBytes && beginsWith(table.csv(), header)) {
                return table;
            }
        }
    }

    private static boolean beginsWith(Path file, String header) throws IOException {
        byte[] wanted = header.getBytes(StandardCharsets.UTF_8);
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(wanted.length), wanted);
        }
    }

    private static void append(Table table, PartFile part) throws IOException {
        boolean isNew = sizeOf(table.csv()) == 0;
        append(table.csv(), isNew ? table.header() : "", part.csv());
        append(table.jsonl(), "", part.jsonl());
        if (isNew && java.io.File.separatorChar == '/') {
            try (FileChannel folder = FileChannel.open(table.csv().toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static void append(Path table, String header, Path part) throws IOException {
        try (FileChannel out = FileChannel.open(table, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileChannel in = FileChannel.open(part, StandardOpenOption.READ)) {
            out.position(out.size());
            ByteBuffer bytes = ByteBuffer.wrap(header.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            long done = 0;
            while (done < in.size()) {
                done += in.transferTo(done, in.size() - done, out);
            }
            out.force(true);
        }
    }

    private String name(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
