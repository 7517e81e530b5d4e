package io.liveresponse.fetch;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.SpooledBlob;
import io.liveresponse.transcript.BlobHint;
import io.liveresponse.transcript.Transcript;
import io.liveresponse.transcript.TranscriptReader;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Turns a spooled blob into a result. Thread-safe. */
public final class ResultReader {

    private final TranscriptReader transcripts;

    public ResultReader(TranscriptReader transcripts) {
        this.transcripts = transcripts;
    }

    /**
     * Whatever the bytes hold, there is a result; see {@link io.liveresponse.model.Outcome#UNREADABLE}.
     *
     * @throws LiveResponseException BLOB_NOT_STORED if the disk does not give the bytes back
     */
    public Result read(@Body SpooledBlob blob, @Variable("liveResponseRequest") Request request) throws LiveResponseException {
        ActionFacts action = request.action();
        Transcript transcript;
        try {
            transcript = transcripts.read(blob.path(), BlobHint.of(action.commandType(), blob.offeredFileName()));
        } catch (IOException e) {
            throw new LiveResponseException(FailureCode.BLOB_NOT_STORED,
                    "the spooled bytes of " + request.key() + " cannot be read back (" + e.getClass().getSimpleName() + ")");
        }
        String script = transcript.scriptName() == null ? action.scriptName() : transcript.scriptName();
        return new Result(request.key(), transcript.outcome(), transcript.exitCode(), script,
                transcript.output(), transcript.errors(), transcript.reason(), action, blob);
    }
}
