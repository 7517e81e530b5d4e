package io.liveresponse.cli;

import io.liveresponse.settings.ProcessRedactor;
import java.nio.file.FileSystemException;
import org.apache.camel.util.ObjectHelper;

/** Says in one line why a command failed: the innermost cause that says more than a path, redacted. */
final class FailureMessage {

    private FailureMessage() {
    }

    static String explain(Throwable thrown) {
        String said = thrown.toString();
        for (Throwable cause : ObjectHelper.createExceptionIterable(thrown)) {
            boolean pathAlone = cause instanceof FileSystemException file && file.getReason() == null && cause != thrown;
            if (!pathAlone && cause.getMessage() != null && !cause.getMessage().isBlank()) {
                said = cause.getMessage();
                break;
            }
        }
        return ProcessRedactor.get().redact(said);
    }
}
