package io.liveresponse.ledger;

import java.time.Instant;
import java.util.Map;

/**
 * A run as the ledger has it.
 *
 * @param commands   the commands as the API takes them, a JSON array
 * @param stopReason why no further device is started, or null
 * @param endedAt    null while it runs
 * @param devices    how many in all
 * @param waiting    how many of them are not started
 * @param open       how many have an action that has not ended, or may have one
 * @param ends       how many ended how; ends without a device are left out
 */
public record RunRecord(String runId, String tenant, String commands, String scriptName, String scriptSha256, String comment,
        RunState state,
        Instant createdAt, Instant deadline, String stopReason, Instant endedAt, int devices, int waiting, int open,
        Map<RunEnd, Integer> ends) {

    public RunRecord {
        ends = Map.copyOf(ends);
    }
}
