package io.liveresponse.rows;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.transcript.BlobHint;
import io.liveresponse.transcript.Transcript;
import io.liveresponse.transcript.TranscriptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a rule makes of one kept file, without a service and without a call to Microsoft; for {@code rows try RULE FILE}. The file is a
 * kept transcript, packed or not, or plain output of a script. Thread-safe.
 */
public final class RowsTry {

    private static final ResultKey KEY = new ResultKey("try", "00000000-0000-0000-0000-000000000000", 0);

    private final TranscriptReader transcripts;
    private final Clock clock;

    /** Reads files of any size. */
    public RowsTry(Clock clock) {
        this(new TranscriptReader(Long.MAX_VALUE), clock);
    }

    RowsTry(TranscriptReader transcripts, Clock clock) {
        this.transcripts = transcripts;
        this.clock = clock;
    }

    /**
     * The outcome of a try.
     *
     * @param problems what is wrong with the rule; if there are any, nothing was read
     * @param summary  what became of the file; null if there are problems
     */
    public record Report(List<RowRuleProblem> problems, RowSummary summary) {
    }

    /**
     * Reads the file by the rule, whatever script the rule is for.
     *
     * @param each gets every row and reject, in the order of the output
     * @throws IOException if a file cannot be read
     */
    public Report run(Path rule, Path file, Consumer<RowItem> each) throws IOException {
        RowRuleReader.Outcome outcome = RowRules.readFile(rule);
        if (outcome.rule() == null) {
            return new Report(outcome.problems(), null);
        }
        try (RowStream rows = open(outcome.rule(), file)) {
            rows.forEachRemaining(each);
            return new Report(List.of(), rows.summary());
        }
    }

    private RowStream open(RowRule rule, Path file) throws IOException {
        Transcript transcript = transcripts.read(file, new BlobHint(BlobHint.Command.UNKNOWN, null));
        boolean plain = transcript.outcome() == Outcome.UNREADABLE;
        Result result = new Result(KEY, plain ? Outcome.SUCCEEDED : transcript.outcome(), transcript.exitCode(), transcript.scriptName(),
                transcript.output(), transcript.errors(), transcript.reason(), ActionFacts.UNKNOWN,
                SpooledBlob.kept(file, "", Files.size(file), null, Files.getLastModifiedTime(file).toInstant()));
        return plain
                ? new RowStream(rule, RowOrigin.of(result, null, clock.instant()), transcripts.openText(file), RowReader.EMPTY)
                : new RowReader(transcripts, clock).open(result, rule, null);
    }
}
