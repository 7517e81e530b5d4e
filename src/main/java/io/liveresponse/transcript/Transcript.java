package io.liveresponse.transcript;

import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;

/**
 * What a blob turned out to be.
 *
 * @param outcome    {@link Outcome#SUCCEEDED}, {@link Outcome#SUCCEEDED_WITH_ERRORS}, {@link Outcome#FAILED},
 *                   {@link Outcome#INTEGRITY_FAILED}, {@link Outcome#FILE_RETRIEVED} or {@link Outcome#UNREADABLE}
 * @param scriptName the script as the device names it, made one line with control characters visible, or null
 * @param exitCode   the exit code as a signed 32-bit number; null if the blob is not a transcript
 * @param output     standard output; never null
 * @param errors     standard error; never null
 * @param reason     if {@link Outcome#UNREADABLE}: why, in one sentence without any of the remote bytes; else null
 * @param reasonCode if {@link Outcome#UNREADABLE}: the stable code for {@code reason}; else null
 */
public record Transcript(
        Outcome outcome,
        String scriptName,
        Integer exitCode,
        CapturedText output,
        CapturedText errors,
        String reason,
        UnreadableReason reasonCode) {

    public Transcript(
            Outcome outcome, String scriptName, Integer exitCode, CapturedText output, CapturedText errors, String reason) {
        this(outcome, scriptName, exitCode, output, errors, reason, null);
    }

    static Transcript fileRetrieved() {
        return new Transcript(Outcome.FILE_RETRIEVED, null, null, CapturedText.EMPTY, CapturedText.EMPTY, null);
    }

    static Transcript unreadable(UnreadableReason reason) {
        return new Transcript(
                Outcome.UNREADABLE, null, null, CapturedText.EMPTY, CapturedText.EMPTY, reason.sentence(), reason);
    }
}
