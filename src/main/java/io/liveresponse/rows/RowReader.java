package io.liveresponse.rows;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.transcript.TranscriptReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;

/** Opens a result's rows. Thread-safe. */
final class RowReader {

    /** What a script that printed no record answers. */
    static final String EMPTY = "empty";

    private static final Set<Outcome> ANSWERED = EnumSet.of(Outcome.SUCCEEDED, Outcome.SUCCEEDED_WITH_ERRORS, Outcome.FAILED);

    private final TranscriptReader transcripts;
    private final Clock clock;

    RowReader(TranscriptReader transcripts, Clock clock) {
        this.transcripts = transcripts;
        this.clock = clock;
    }

    /**
     * @param scriptSha256 of the script that ran, or null
     * @return the rows; the caller closes them
     * @throws IOException if the blob cannot be read
     */
    RowStream open(Result result, RowRule rule, String scriptSha256) throws IOException {
        RowOrigin origin = RowOrigin.of(result, scriptSha256, clock.instant());
        if (!ANSWERED.contains(result.outcome()) || result.blob() == null) {
            return new RowStream(rule, origin, null, result.outcome().label());
        }
        Reader output = transcripts.openOutput(result.blob().path());
        return new RowStream(rule, origin, output, EMPTY);
    }
}
