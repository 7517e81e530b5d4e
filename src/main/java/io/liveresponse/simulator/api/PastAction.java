package io.liveresponse.simulator.api;

import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An action that the scenario brings along, with what has become of it. Thread-safe. */
final class PastAction {

    private final ScenarioAction action;
    private final Instant created;
    private final Instant ended;
    private int pendingCalls;
    private Cancellation cancellation;

    /** @param reference the time from which the action's own times count back */
    PastAction(ScenarioAction action, Instant reference) {
        this.action = action;
        this.created = reference.minus(action.createdAgo());
        this.ended = reference.minus(action.endedAgo());
        this.pendingCalls = action.pendingCalls();
    }

    String tenant() {
        return action.tenant();
    }

    /** Counts one request about the action, which may be one of those that find it still running. */
    synchronized MachineAction look(Instant now) {
        boolean cancelled = cancellation != null && !now.isBefore(cancellation.effective());
        boolean running = !cancelled && (pendingCalls-- > 0 || neverEnds());
        String status = cancelled ? "Cancelled" : running && !neverEnds() ? "InProgress" : action.status();
        Instant updated = cancelled ? cancellation.effective() : running ? created : ended;
        return new MachineAction(action.id(), action.type(), action.requestor(), action.requestorComment(), status, !running,
                action.machineId(), action.computerDnsName(), created, updated, null,
                cancellation == null ? null : cancellation.requestor(), cancellation == null ? null : cancellation.comment(),
                cancellation == null ? null : cancellation.asked(), 0, List.of(), commands(running || cancelled));
    }

    /** @return false if it has ended */
    synchronized boolean cancel(Cancellation asked) {
        boolean running = neverEnds() || pendingCalls > 0;
        if (!running || cancellation != null && !asked.asked().isBefore(cancellation.effective())) {
            return false;
        }
        cancellation = cancellation == null ? asked : cancellation;
        return true;
    }

    private boolean neverEnds() {
        return action.status().equals("Pending") || action.status().equals("InProgress");
    }

    private List<MachineAction.Command> commands(boolean unfinished) {
        Duration step = Duration.between(created, ended).dividedBy(Math.max(1, action.commands().size()));
        List<MachineAction.Command> all = new ArrayList<>();
        for (int index = 0; index < action.commands().size(); index++) {
            ScenarioCommand command = action.commands().get(index);
            String status = unfinished && !command.status().equals("Pending") ? "Created" : command.status();
            boolean began = !status.equals("Created") && !status.equals("Pending");
            Instant start = created.plus(step.multipliedBy(index));
            all.add(new MachineAction.Command(command.type(), command.params(), status, began ? start : null,
                    began ? start.plus(step) : null,
                    command.errors(), command.blob() != null));
        }
        return all;
    }
}
