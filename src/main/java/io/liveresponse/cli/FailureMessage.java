package io.liveresponse.cli;

import io.liveresponse.settings.ProcessRedactor;
import org.apache.camel.util.ObjectHelper;

/** Says in one line why a command failed: the innermost cause that has something to say, redacted. */
final class FailureMessage {

    private FailureMessage() {
    }

    static String explain(Throwable thrown) {
        String said = thrown.toString();
        for (Throwable cause : ObjectHelper.createExceptionIterable(thrown)) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                said = cause.getMessage();
                break;
            }
        }
        return ProcessRedactor.get().redact(said);
    }
}
