package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A run as {@code runs list --json} prints it: how many devices there are, wait, are open and ended how. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunJson(String id, String tenant, String script, String comment, RunState state, String stopReason, Instant createdAt,
        Instant deadline,
        Instant endedAt, int devices, int waiting, int open, Map<RunEnd, Integer> ends) {

    static RunJson of(RunRecord run) {
        return new RunJson(run.runId(), run.tenant(), run.scriptName(), run.comment(), run.state(), run.stopReason(), run.createdAt(),
                run.deadline(),
                run.endedAt(), run.devices(), run.waiting(), run.open(), new TreeMap<>(run.ends()));
    }
}
