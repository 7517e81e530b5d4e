package io.liveresponse.runs;

import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunResultRow;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.RunTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the table of a run from the ledger. Thread-safe. */
public final class RunTables {

    private static final Set<Outcome> WELL = Set.of(Outcome.SUCCEEDED, Outcome.FILE_RETRIEVED);

    private final RunLedger runs;

    public RunTables(RunLedger runs) {
        this.runs = runs;
    }

    /** The table as it is now. */
    public RunTable of(RunRecord run) {
        Map<String, List<RunResultRow>> results = runs.results(run).stream().collect(Collectors.groupingBy(RunResultRow::machineId));
        Map<String, Integer> ends = new TreeMap<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        List<RunTable.Row> rows = new ArrayList<>();
        for (RunDevice device : runs.devices(run)) {
            String end = device.end() == null ? "open" : device.end().label();
            ends.merge(end, 1, Integer::sum);
            RunResultRow told = worst(results.getOrDefault(device.machineId(), List.of()));
            boolean ran = end.equals("ran");
            String outcome = !ran ? null : told == null || told.outcome() == null ? "none" : told.outcome().label();
            if (ran) {
                outcomes.merge(outcome, 1, Integer::sum);
            }
            String reason = told != null && told.errorCode() != null && device.reason() == null
                    ? told.errorCode() + ": " + told.errorText()
                    : device.reason();
            rows.add(new RunTable.Row(device.name(), device.machineId(), end, reason, device.machineActionId(), device.starts(), outcome,
                    told == null ? null : told.exitCode()));
        }
        return new RunTable(run.runId(), run.tenant(), run.scriptName(), run.scriptSha256(), run.comment(), run.state().label(),
                run.stopReason(),
                run.createdAt(), run.deadline(), run.state() == RunState.RUNNING ? null : run.endedAt(), rows.size(), ends, outcomes, rows);
    }

    /** A failure before what is not there yet, and that before what went well. */
    private static RunResultRow worst(List<RunResultRow> results) {
        return results.stream()
                .min(Comparator.comparingInt(result -> result.outcome() == null ? 1 : WELL.contains(result.outcome()) ? 2 : 0))
                .orElse(null);
    }
}
