package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a command ended; the router tests it first. The labels are public and used in YAML, SQL, metrics and JSON. */
public enum Outcome {
    /** Exit code 0, nothing on stderr. */
    SUCCEEDED("The script ended with exit code 0."),
    /** Exit code 0, something on stderr. */
    SUCCEEDED_WITH_ERRORS("The script ended with exit code 0, but wrote errors."),
    /** Any other exit code. */
    FAILED("The script ended with an exit code other than 0."),
    /** Exit code 323: the device refused the script's hash; it never ran. */
    INTEGRITY_FAILED("The device refused the script's hash; it never ran."),
    /** A GetFile result: the bytes are the file. */
    FILE_RETRIEVED("The file was retrieved from the device."),
    /** The blob is not a transcript; its bytes are kept as received. */
    UNREADABLE("The result is not a transcript; its bytes are kept."),
    /** The command never ran, because an earlier one failed. */
    NOT_EXECUTED("The command never ran, because an earlier command of the action failed."),
    /** The action failed and there is no transcript. */
    ACTION_FAILED("The action failed, and there is no transcript."),
    /** The action timed out and there is no transcript. */
    ACTION_TIMED_OUT("The action timed out, and there is no transcript."),
    /** The action was cancelled and there is no transcript. */
    ACTION_CANCELLED("The action was cancelled, and there is no transcript.");

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String meaning;

    Outcome(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

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
