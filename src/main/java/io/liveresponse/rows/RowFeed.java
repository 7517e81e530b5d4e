package io.liveresponse.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.SafeText;
import io.liveresponse.rows.RowBatch.FeedPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each row sink the rows of the tables in their order, in batches, from its last position: a sink that is out of order or new loses
 * nothing, and the results themselves never wait for it. A batch counts as sent when it is committed, so a row may be sent again after
 * a failure or a kill, always with the same id. Thread-safe; a sink's feed is read by one thread of one process at a time.
 */
public final class RowFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RowFeed.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 300;

    private final RowTables tables;
    private final int maxRows;
    private final long maxBytes;
    private final Map<String, Integer> narrowed = new ConcurrentHashMap<>();
    private final Map<String, String> failing = new ConcurrentHashMap<>();

    /**
     * @param maxRows  rows a batch, at most
     * @param maxBytes bytes of JSON a batch, at most; one larger row is a batch of its own
     */
    public RowFeed(RowTables tables, int maxRows, long maxBytes) {
        this.tables = tables;
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    /**
     * What the sink does not have yet; nothing if this or another process reads its feed already. For a split with streaming; the
     * caller closes it.
     *
     * @param feed the sink's name
     * @throws IOException if the tables cannot be read
     */
    public RowBatches batches(String feed) throws IOException {
        Path folder = Files.createDirectories(tables.state().folder().resolve("positions"));
        FileChannel channel = FileChannel.open(folder.resolve(feed + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean free = tryLock(channel) != null;
            RowBatches.End end = free ? tables.state().alone(this::end) : new RowBatches.End(List.of(), 0);
            return new RowBatches(feed, tables, position(feed), end, narrowed.getOrDefault(feed, maxRows), maxBytes, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private RowBatches.End end() throws IOException {
        List<String> logs = FeedLog.names(tables.state().folder());
        return new RowBatches.End(logs, logs.isEmpty() ? 0 : Files.size(FeedLog.file(tables.state().folder(), logs.get(logs.size() - 1))));
    }

    /**
     * Says that the sink has the batch.
     *
     * @throws IllegalStateException if it does not follow what the sink had before: nothing may be skipped
     */
    public void commit(@Variable(SinkAnswers.BATCH) RowBatch batch) throws IOException {
        if (!position(batch.feed()).equals(batch.from())) {
            throw new IllegalStateException(
                    "the row sink " + batch.feed() + " committed a batch out of turn; commit each batch before the next");
        }
        TableState.write(positionFile(batch.feed()), batch.to());
        narrowed.computeIfPresent(batch.feed(), (feed, size) -> size * 2 >= maxRows ? null : size * 2);
        if (failing.remove(batch.feed()) != null) {
            LOG.info("the row sink {} takes rows again", batch.feed());
        }
    }

    /**
     * Keeps a row that the sink will never take, with the sink's reason, in {@code rejects-<sink>.jsonl} beside the tables.
     *
     * @param reason remote text; its beginning is kept, made visible
     */
    public void reject(String feed, RowLine row, String reason) throws IOException {
        Path file = tables.directory().resolve("rejects-" + feed + ".jsonl");
        String line = JSON.writeValueAsString(Map.of("rowId", row.rowId(), "reason", SafeText.of(reason).line(LONGEST_REASON),
                "row", JSON.readTree(row.json()))) + "\n";
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        LOG.warn("the row sink {} refused the row {}; it is kept in {}", feed, row.rowId(), file.getFileName());
    }

    /**
     * Takes a sink's failure: one warning when it begins. What the sink did not take is offered again by the next poll, in smaller
     * batches if the sink refused the batch for what it holds; a single row so refused is kept as a reject.
     *
     * @param feed the sink's name
     */
    public void failed(String feed, Throwable thrown) throws IOException {
        RowSinkException named = ObjectHelper.getException(RowSinkException.class, thrown);
        if (named != null && named.batch() != null) {
            RowBatch batch = named.batch();
            if (batch.rows().size() == 1) {
                reject(feed, batch.rows().get(0), named.getMessage());
                commit(batch);
            } else {
                narrowed.put(feed, batch.rows().size() / 2);
            }
            return;
        }
        // a component's own message may hold an address with a login
        String reason = named != null ? named.getMessage() : root(thrown).getClass().getSimpleName();
        if (!reason.equals(failing.put(feed, reason))) {
            LOG.warn("the row sink {} takes no rows ({}); they wait in the tables and are offered again at each poll", feed, reason);
        }
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private FeedPosition position(String feed) throws IOException {
        Path file = positionFile(feed);
        return Files.exists(file) ? JSON.readValue(file.toFile(), FeedPosition.class) : FeedPosition.START;
    }

    private Path positionFile(String feed) {
        return tables.state().folder().resolve("positions").resolve(feed + ".json");
    }
}
