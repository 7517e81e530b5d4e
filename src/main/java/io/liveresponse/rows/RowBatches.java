package io.liveresponse.rows;

import io.liveresponse.rows.RowBatch.FeedPosition;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batches that a feed has not given yet, read from the tables' files as they are asked for; closes itself at its end. Holds what
 * {@code onClose} frees, so that a feed is read once at a time. For one thread.
 */
public final class RowBatches implements Iterator<RowBatch>, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(RowBatches.class);

    /** Where the committed part of the logs ends. */
    record End(List<String> logs, long lastSize) {
    }

    private final String feed;
    private final Path tables;
    private final Path state;
    private final int maxRows;
    private final long maxBytes;
    private final End end;
    private final Closeable onClose;
    private FeedPosition position;
    private InputStream rows;
    private String rowsFile;
    private long rowsAt;
    private RowBatch ready;
    private boolean closed;
    private byte[] held;
    private FeedLog.Entry entry;
    private FeedPosition entryAt;
    private long entryLength;

    RowBatches(String feed, RowTables tables, FeedPosition position, End end, int maxRows, long maxBytes, Closeable onClose) {
        this.feed = feed;
        this.tables = tables.directory();
        this.state = tables.state().folder();
        this.position = position;
        this.end = end;
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
        this.onClose = onClose;
    }

    @Override
    public boolean hasNext() {
        if (ready == null && !closed) {
            try {
                ready = read();
                if (ready == null) {
                    close();
                }
            } catch (IOException e) {
                try {
                    close();
                } catch (IOException again) {
                    e.addSuppressed(again);
                }
                throw new UncheckedIOException(e);
            }
        }
        return ready != null;
    }

    @Override
    public RowBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RowBatch batch = ready;
        ready = null;
        return batch;
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (onClose) {
                closeRows();
            }
        }
    }

    /** Null if the sink has everything. */
    private RowBatch read() throws IOException {
        FeedPosition from = position;
        List<RowLine> batch = new ArrayList<>();
        long bytes = 0;
        byte[] line = line();
        while (line != null) {
            if (!batch.isEmpty() && bytes + line.length > maxBytes) {
                held = line;
                break;
            }
            batch.add(RowLine.of(line));
            bytes += line.length;
            position = new FeedPosition(position.log(), position.offset(), position.done() + line.length + 1);
            line = batch.size() == maxRows ? null : line();
        }
        return batch.isEmpty() ? null : new RowBatch(feed, batch, from, position);
    }

    /** The next row's bytes without the line feed; the position is that of the row's own entry. Null at the end. */
    private byte[] line() throws IOException {
        if (held != null) {
            byte[] line = held;
            held = null;
            return line;
        }
        while (true) {
            FeedLog.Entry entry = entry();
            if (entry == null) {
                return null;
            }
            long left = entry.to() - entry.from() - position.done();
            if (left > 0 && openAt(entry.file(), entry.from() + position.done())) {
                return readLine();
            }
            position = new FeedPosition(position.log(), position.offset() + entryLength, 0);
        }
    }

    /** The entry that the position is in, moving to the next log at the end of one; null behind the last. */
    private FeedLog.Entry entry() throws IOException {
        if (entryAt != null && entryAt.log().equals(position.log()) && entryAt.offset() == position.offset()) {
            return entry;
        }
        String log = position.log();
        int index = end.logs().indexOf(log);
        if (index < 0) {
            // before the first, or its log was removed: the next one
            index = (int) end.logs().stream().filter(name -> name.compareTo(log) < 0).count();
            if (index == end.logs().size()) {
                return null;
            }
            position = new FeedPosition(end.logs().get(index), 0, 0);
        }
        Path file = FeedLog.file(state, position.log());
        long size = index == end.logs().size() - 1 ? end.lastSize() : Files.size(file);
        if (position.offset() >= size) {
            if (index == end.logs().size() - 1) {
                return null;
            }
            position = new FeedPosition(end.logs().get(index + 1), 0, 0);
            return entry();
        }
        try (InputStream in = at(file, position.offset())) {
            byte[] line = until(in);
            entryLength = line.length + 1L;
            entry = FeedLog.parse(new String(line, java.nio.charset.StandardCharsets.UTF_8));
            entryAt = position;
            return entry;
        }
    }

    /** False if the file is gone: its rows are not to be had any more. */
    private boolean openAt(String file, long offset) throws IOException {
        if (rows != null && file.equals(rowsFile) && rowsAt == offset) {
            return true;
        }
        closeRows();
        try {
            rows = at(tables.resolve(file), offset);
            rowsFile = file;
            rowsAt = offset;
            return true;
        } catch (NoSuchFileException e) {
            LOG.warn("the row sink {} skips rows of {}, which was removed before they were sent", feed, file);
            return false;
        }
    }

    private byte[] readLine() throws IOException {
        byte[] line = until(rows);
        rowsAt += line.length + 1L;
        return line;
    }

    private static InputStream at(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(offset);
        return new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    private static byte[] until(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("a file of the tables ends in the middle of a line; was it changed by hand?");
            }
            line.write(b);
        }
        return line.toByteArray();
    }

    private void closeRows() throws IOException {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
