package io.liveresponse.simulator.api;

import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A live response that a caller started. Its course is settled when it is accepted: what is seen of it later depends on the
 * time alone, and on whether it was cancelled. Thread-safe.
 */
final class StartedRun {

    /** Who asked for what. */
    record Order(
            String tenant, String requestor, String comment, String externalId, List<RunRequest.Command> commands) {
    }

    /** The part of the course that is one command. {@code start} is null if it never begins. */
    private record Step(RunRequest.Command command, DeviceScript.Ending ending, Instant start, Instant end) {
    }

    /** The HRESULT of ERROR_INTERNET_TIMEOUT. */
    private static final int TIMED_OUT = 0x80072EE2;

    private final String id;
    private final Order order;
    private final ScenarioDevice device;
    private final ScenarioRuns settings;
    private final Instant created;
    private final Instant visible;
    private final Instant started;
    private final Instant ended;
    private final String endStatus;
    private final List<Step> steps = new ArrayList<>();
    private Cancellation cancellation;

    /**
     * @param online when the device is there to take it, or null for never
     * @param script what each command does on the device
     */
    StartedRun(String id, Order order, ScenarioDevice device, ScenarioRuns settings, Instant created, Instant online, DeviceScript script) {
        this.id = id;
        this.order = order;
        this.device = device;
        this.settings = settings;
        this.created = created;
        this.visible = created.plus(settings.scaled(settings.visibleAfter()));
        Instant queueEnd = created.plus(settings.scaled(settings.queueTimeout()));
        Instant ready = created.plus(settings.scaled(settings.pickUpAfter()));
        Instant begins = online == null ? null : online.isAfter(ready) ? online : ready;
        this.started = begins == null || begins.isAfter(queueEnd) ? null : begins;
        Instant next = started;
        String status = started == null ? settings.queueTimeoutStatus() : "Succeeded";
        for (int index = 0; index < order.commands().size(); index++) {
            RunRequest.Command command = order.commands().get(index);
            if (next == null) {
                steps.add(new Step(command, null, null, null));
            } else {
                DeviceScript.Ending ending = script.run(command, index);
                Instant end = next.plus(settings.scaled(ending.lasts()));
                steps.add(new Step(command, ending, next, end));
                status = ending.actionStatus();
                next = status.equals("Succeeded") ? end : null;
            }
        }
        this.ended = started == null
                ? queueEnd
                : steps.stream().map(Step::end).filter(end -> end != null).reduce((first, last) -> last).orElse(started);
        this.endStatus = status;
    }

    String id() {
        return id;
    }

    String tenant() {
        return order.tenant();
    }

    String machineId() {
        return device.machineId();
    }

    Instant created() {
        return created;
    }

    boolean isVisible(Instant now) {
        return !now.isBefore(visible);
    }

    /** When it ends or ended, by itself or by a cancel. */
    synchronized Instant end() {
        return isCutShort() ? cancellation.effective() : ended;
    }

    boolean hasEnded(Instant now) {
        return !now.isBefore(end());
    }

    /** @return false if it has ended */
    synchronized boolean cancel(Cancellation asked) {
        if (hasEnded(asked.asked())) {
            return false;
        }
        cancellation = cancellation == null ? asked : cancellation;
        return true;
    }

    private synchronized boolean isCutShort() {
        return cancellation != null && cancellation.effective().isBefore(ended);
    }

    /** What has begun on the device until now. */
    synchronized List<Execution> executions(Instant now) {
        List<Execution> all = new ArrayList<>();
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            if (hasBegun(step, now) && step.ending().executes()) {
                all.add(new Execution(order.tenant(), device.machineId(), id, index, step.command().type(), step.command().subject(),
                        step.start()));
            }
        }
        return all;
    }

    private boolean hasBegun(Step step, Instant now) {
        return step.start() != null && !step.start().isAfter(now) && (!isCutShort() || step.start().isBefore(cancellation.effective()));
    }

    synchronized MachineAction look(Instant now) {
        boolean over = hasEnded(now);
        boolean running = started != null && !now.isBefore(started);
        String status = !over ? running ? "InProgress" : "Pending" : isCutShort() ? "Cancelled" : endStatus;
        Instant updated = over ? end() : running ? started : created;
        return new MachineAction(id, "LiveResponse", order.requestor(), order.comment(), status, over, device.machineId(),
                device.computerDnsName(), created, updated, order.externalId(),
                cancellation == null ? null : cancellation.requestor(), cancellation == null ? null : cancellation.comment(),
                cancellation == null ? null : cancellation.asked(),
                over && started == null && !isCutShort() ? TIMED_OUT : 0,
                over && started == null && !isCutShort() ? List.of("The device did not connect while the action was queued") : List.of(),
                steps.stream().map(step -> look(step, now, over)).toList());
    }

    private MachineAction.Command look(Step step, Instant now, boolean over) {
        RunRequest.Command command = step.command();
        if (!hasBegun(step, now)) {
            return new MachineAction.Command(command.type(), command.params(), settings.waitingStatus(), null, null, List.of(), false);
        }
        if (!step.end().isAfter(end()) && !step.end().isAfter(now)) {
            return new MachineAction.Command(command.type(), command.params(), step.ending().commandStatus(), step.start(), step.end(),
                    step.ending().errors(), step.ending().result() != null);
        }
        return over
                ? new MachineAction.Command(command.type(), command.params(), "Failed", step.start(), end(),
                        List.of("The command was cancelled"), false)
                : new MachineAction.Command(command.type(), command.params(), "Created", step.start(), null, List.of(), false);
    }

    /** The results that commands leave in the store, by index; null if there is none. */
    List<DeviceScript.Ending> endings() {
        return steps.stream().map(Step::ending).toList();
    }
}
