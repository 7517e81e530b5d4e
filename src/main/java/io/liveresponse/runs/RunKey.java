package io.liveresponse.runs;

import io.liveresponse.ledger.RunDevice;

/** The key in the comment of a start call, by which its action is found if the answer is lost. Each call has its own. */
final class RunKey {

    private RunKey() {
    }

    /** The key of the next call for the device. */
    static String of(RunDevice device) {
        return "lr-" + device.runId() + "-" + device.number() + "-" + (device.starts() + 1);
    }

    /** What the call's comment says; the key is in brackets at its end, so that no key is the beginning of another. */
    static String comment(String comment, String key) {
        return comment + " [" + key + "]";
    }

    /** Whether an action is the one that a call with that key started. */
    static boolean isIn(String comment, String externalId, String key) {
        return key.equals(externalId) || comment != null && comment.contains("[" + key + "]");
    }
}
