package io.liveresponse.runs;

import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunResultRow;
import io.liveresponse.ledger.RunState;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.RunTable;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the table of a run from the ledger, in memory for one page of devices whatever the fleet's size. Thread-safe. */
public final class RunTables {

    private static final Set<Outcome> WELL = Set.of(Outcome.SUCCEEDED, Outcome.FILE_RETRIEVED);
    private static final int PAGE = 2_000;

    private final RunLedger runs;

    public RunTables(RunLedger runs) {
        this.runs = runs;
    }

    /** The table as it is now. */
    public RunTable of(RunRecord run) {
        RunTable.Rows rows = () -> rows(run);
        Map<String, Integer> ends = new TreeMap<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        int devices = 0;
        for (RunTable.Row row : rows) {
            devices++;
            ends.merge(row.end(), 1, Integer::sum);
            if (row.outcome() != null) {
                outcomes.merge(row.outcome(), 1, Integer::sum);
            }
        }
        return new RunTable(run.runId(), run.tenant(), run.scriptName(), run.scriptSha256(), run.comment(), run.state().label(),
                run.stopReason(),
                run.createdAt(), run.deadline(), run.state() == RunState.RUNNING ? null : run.endedAt(), devices, ends, outcomes, rows);
    }

    private Iterator<RunTable.Row> rows(RunRecord run) {
        return Stream.iterate(runs.devices().of(run, 0, PAGE), page -> !page.isEmpty(),
                page -> runs.devices().of(run, page.get(page.size() - 1).number(), PAGE))
                .flatMap(page -> {
                    Map<String, List<RunResultRow>> results = runs.results(run, page).stream()
                            .collect(Collectors.groupingBy(RunResultRow::machineId));
                    return page.stream().map(device -> row(device, worst(results.getOrDefault(device.machineId(), List.of()))));
                }).iterator();
    }

    private static RunTable.Row row(RunDevice device, RunResultRow told) {
        String end = device.end() == null ? "open" : device.end().label();
        String outcome = !end.equals("ran") ? null : told == null || told.outcome() == null ? "none" : told.outcome().label();
        String reason = told != null && told.errorCode() != null && device.reason() == null
                ? told.errorCode() + ": " + told.errorText()
                : device.reason();
        return new RunTable.Row(device.name(), device.machineId(), end, reason, device.machineActionId(), device.starts(), outcome,
                told == null ? null : told.exitCode());
    }

    /** A failure before what is not there yet, and that before what went well. */
    private static RunResultRow worst(List<RunResultRow> results) {
        return results.stream()
                .min(Comparator.comparingInt(result -> result.outcome() == null ? 1 : WELL.contains(result.outcome()) ? 2 : 0))
                .orElse(null);
    }
}
