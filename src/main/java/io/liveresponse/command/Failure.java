package io.liveresponse.command;

import io.liveresponse.secret.ProcessRedactor;
import org.apache.camel.util.ObjectHelper;

/** Says in one line why a command failed: the innermost cause that has something to say, redacted. */
final class Failure {

    private Failure() {
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
