package io.liveresponse.ledger;

import java.time.Instant;

/**
 * One device of a run, with what is needed of the run.
 *
 * @param number          its place in the run, from 1
 * @param state           {@code waiting}, {@code starting}, {@code running} or {@code ended}
 * @param starts          how many calls to start it began
 * @param commentKey      what the comment of the last call holds, or null
 * @param attemptBeganAt  when that call began, or null
 * @param machineActionId the action that runs or ran, or null
 * @param actionStatus    as the API last said, or null
 * @param cancelReason    why this product cancels the action, or null
 * @param lateEnd         how it ends if the deadline passes while it waits
 * @param end             null until it has ended
 * @param reason          why it ended or waits, or null
 * @param stopReason      why the run starts no further device, or null
 * @param stopAs          how devices end that wait when the run stops, or null
 */
public record RunDevice(String runId, String tenant, String commands, String comment, Instant deadline, String stopReason, RunEnd stopAs,
        String machineId, int number, String name, String state, int starts, String commentKey, Instant attemptBeganAt,
        String machineActionId, Instant actionCreatedAt, String actionStatus, String cancelReason, Instant cancelAskedAt,
        RunEnd lateEnd, RunEnd end, String reason, Instant endedAt) {

    /** Whether the call to start it began and its answer is not known. */
    public boolean isStarting() {
        return state.equals("starting");
    }

    /** {@code tenant/run/machine}, for log lines. */
    @Override
    public String toString() {
        return tenant + "/" + runId + "/" + machineId;
    }
}
