package io.liveresponse.runs;

import io.liveresponse.ledger.NewRun;
import java.util.List;

/**
 * A run that is ready to be recorded.
 *
 * @param rejected rows that name no device, with the reason
 * @param warning  what the reader should know before it starts, or null
 */
public record RunPlan(NewRun run, RunEstimate estimate, List<RunOrder.Row> rejected, String warning) {

    public RunPlan {
        rejected = List.copyOf(rejected);
    }

    /** How many devices will be started. */
    public int devices() {
        return estimate.starts();
    }
}
