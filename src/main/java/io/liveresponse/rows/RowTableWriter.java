package io.liveresponse.rows;

import io.liveresponse.model.LiveResponseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Collects one result's rows and rejects on disk and commits them to the tables in one step. For one thread. */
public final class RowTableWriter implements Closeable {

    private final RowTables tables;
    private final RowStream stream;
    private final Path folder;
    private final PartFile rows;
    private final PartFile rejects;
    private RowSummary done;

    RowTableWriter(RowTables tables, RowStream stream) throws IOException {
        this.tables = tables;
        this.stream = stream;
        this.folder = tables.state().folder().resolve("parts").resolve(UUID.randomUUID().toString());
        this.rows = new PartFile(folder, "rows");
        this.rejects = new PartFile(folder, "rejects");
        this.done = tables.committed(stream.summary()).orElse(null);
    }

    void add(RowItem item) throws IOException {
        if (done == null) {
            (item instanceof Row ? rows : rejects).add(item);
        }
    }

    /** Adds all that is left of the stream. */
    void copy() throws IOException {
        while (stream.hasNext()) {
            add(stream.next());
        }
    }

    /**
     * Puts everything added into the tables and flushes it to the disk. A result that is there under the same version of its rule is
     * not written again.
     *
     * @return what became of the result
     * @throws LiveResponseException DELIVERY_NOT_STORED if the disk does not take it; the tables are then as before
     */
    public RowSummary commit() throws LiveResponseException {
        try {
            if (done == null) {
                rows.close();
                rejects.close();
                done = tables.commit(stream.origin(), stream.rule(), stream.summary(), rows, rejects);
            }
            return done;
        } catch (IOException e) {
            throw RowTables.notStored(e);
        }
    }

    /** Removes what was collected; closes the stream. */
    @Override
    public void close() throws IOException {
        try (stream; rows; rejects) {
            for (Path file : new Path[]{rows.csv(), rows.jsonl(), rejects.csv(), rejects.jsonl(), folder}) {
                Files.deleteIfExists(file);
            }
        }
    }
}
