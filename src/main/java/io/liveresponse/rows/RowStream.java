package io.liveresponse.rows;

import io.liveresponse.transcript.UnreadableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.support.GroupIterator;

/**
 * The rows and rejects of one result, read as they are asked for. A result without any record is one row that says so. Closes itself at
 * its end and if reading fails; whoever stops before that closes it. For one thread.
 */
public final class RowStream implements Iterator<RowItem>, Closeable {

    private final RowRule rule;
    private final RowOrigin origin;
    private final Reader output;
    private final OutputLines lines;
    private final RecordSource source;
    private final RowMapper mapper;
    private final String emptyMeans;
    private RowItem ready;
    private boolean ended;
    private long number;
    private long rows;
    private long rejects;
    private boolean unanswered;

    /**
     * @param output   the script's whole output, or null if the device gave none
     * @param noAnswer what the row says if there is no record
     */
    RowStream(RowRule rule, RowOrigin origin, Reader output, String noAnswer) {
        this.rule = rule;
        this.origin = origin;
        this.output = output == null ? Reader.nullReader() : output;
        this.lines = new OutputLines(this.output);
        this.mapper = new RowMapper(rule, origin);
        this.emptyMeans = noAnswer;
        this.source = sourceOf(rule, lines);
    }

    private static RecordSource sourceOf(RowRule rule, OutputLines lines) {
        return switch (rule.format()) {
            case JSON -> new JsonRecords(lines);
            case JSON_LINES, REGEX -> new LineRecords(rule, lines);
            case CSV -> new CsvRecords(rule, lines);
            case KEY_VALUE -> new KeyValueRecords(rule, lines);
            case TABLE -> new TableRecords(rule, lines);
        };
    }

    public RowRule rule() {
        return rule;
    }

    public RowOrigin origin() {
        return origin;
    }

    /**
     * The rows and rejects as lists of at most {@code size}, read as they are asked for; for a split with streaming. Camel 4.18.0's own
     * {@code ${collate(n)}} puts lists into lists from its second evaluation on.
     */
    public Iterator<Object> batches(int size) {
        return new GroupIterator(this, size);
    }

    /** Of what was read so far; whole when {@link #hasNext} is false. */
    public RowSummary summary() {
        return new RowSummary(origin.key(), rule.table(), rule.fingerprint(), rows + rejects + (unanswered ? 1 : 0), rows, rejects,
                unanswered ? emptyMeans : null);
    }

    @Override
    public boolean hasNext() {
        if (ready == null && !ended) {
            try {
                ready = read();
                if (ready == null) {
                    close();
                }
            } catch (IOException e) {
                closeQuietly();
                throw new UncheckedIOException(e);
            }
        }
        return ready != null;
    }

    @Override
    public RowItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RowItem item = ready;
        ready = null;
        return item;
    }

    /** Null at the end. */
    private RowItem read() throws IOException {
        RawRecord record;
        try {
            if (number == 0 && !skip()) {
                record = RawRecord.reject(1, RejectCode.START_MISSING, "");
                closeQuietly();
            } else {
                record = source.next();
            }
        } catch (UnreadableException e) {
            record = RawRecord.reject(lines.nextNumber(), RejectCode.OUTPUT_UNREADABLE, "");
            closeQuietly();
        }
        if (record == null) {
            return number == 0 ? noAnswer() : null;
        }
        RowItem item = mapper.map(record, ++number);
        rows += item instanceof Row ? 1 : 0;
        rejects += item instanceof Reject ? 1 : 0;
        return item;
    }

    private boolean skip() throws IOException {
        if (unanswered) {
            return true;
        }
        return rule.format() == RowFormat.JSON ? lines.skipToText(rule.start()) : lines.skipToRecords(rule.start());
    }

    private RowItem noAnswer() {
        if (unanswered) {
            return null;
        }
        unanswered = true;
        Map<String, Object> values = new LinkedHashMap<>();
        rule.columnNames().forEach(name -> values.put(name, null));
        return new Row(origin, 0, values, emptyMeans);
    }

    @Override
    public void close() throws IOException {
        ended = true;
        output.close();
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // the reason for closing is reported
        }
    }
}
