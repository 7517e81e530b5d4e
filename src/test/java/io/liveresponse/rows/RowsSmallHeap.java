package io.liveresponse.rows;

import io.liveresponse.transcript.BlobHint;
import io.liveresponse.transcript.TranscriptReader;
import java.nio.file.Path;
import java.time.Clock;

/** Reads a transcript into the tables in a process of its own, whose heap is small. */
final class RowsSmallHeap {

    private RowsSmallHeap() {
    }

    public static void main(String[] args) throws Exception {
        TranscriptReader transcripts = new TranscriptReader(8L << 30);
        RowRule rule = RowRules.readFile(Path.of(args[0])).rule();
        RowTables tables = new RowTables(Path.of(args[2]), 1 << 20, Clock.systemUTC());
        if (transcripts.read(Path.of(args[1]), BlobHint.of("RunScript", null)).exitCode() != 0) {
            throw new IllegalStateException("no transcript");
        }
        try (RowTableWriter writer = tables
                .open(new RowStream(rule, Rules.ORIGIN, transcripts.openOutput(Path.of(args[1])), RowReader.EMPTY))) {
            writer.copy();
            RowSummary summary = writer.commit();
            long fed = 0;
            RowFeed feed = new RowFeed(tables, 500, 1 << 20);
            try (RowBatches batches = feed.batches("test")) {
                while (batches.hasNext()) {
                    RowBatch batch = batches.next();
                    fed += batch.rows().size();
                }
            }
            System.out.println(summary.rows() + " " + summary.rejects() + " " + fed);
        }
    }
}
