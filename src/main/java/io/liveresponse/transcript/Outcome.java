package io.liveresponse.transcript;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of a command; the router's first question. The labels are public and used in YAML, SQL, metrics and JSON. */
public enum Outcome {
    /** Exit code 0, nothing on stderr. */
    SUCCEEDED,
    /** Exit code 0, something on stderr. */
    SUCCEEDED_WITH_ERRORS,
    /** Any other exit code. */
    FAILED,
    /** Exit code 323: the device refused the script's hash; it never ran. */
    INTEGRITY_FAILED,
    /** A GetFile result: the bytes are the file. */
    FILE_RETRIEVED,
    /** The blob is no transcript; its bytes are kept as received. */
    UNREADABLE,
    /** The command never ran, because an earlier one failed. */
    NOT_EXECUTED,
    /** The action failed and there is no transcript. */
    ACTION_FAILED,
    /** The action timed out and there is no transcript. */
    ACTION_TIMED_OUT,
    /** The action was cancelled and there is no transcript. */
    ACTION_CANCELLED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The kebab-case name, e.g. {@code succeeded-with-errors}. */
    @JsonValue
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
