package io.liveresponse.runs;

import io.liveresponse.fetch.ActionList;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.MachineAction;
import io.liveresponse.ledger.RequestIntake;
import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunDevices;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import io.liveresponse.worker.ActionWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the actions of runs: one list of a tenant's actions by the time of their creation, whatever their number. The API's status
 * alone ends an action, not the answer to a cancel. Thread-safe.
 */
public final class RunFollower {

    /** By how much the API's clock may differ from the ledger's. */
    private static final Duration SKEW = Duration.ofMinutes(5);
    /** A cancel whose action goes on is repeated. */
    private static final Duration CANCEL_AGAIN = Duration.ofMinutes(2);
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int PAGE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(RunFollower.class);

    private final RunLedger runs;
    private final RunDevices devices;
    private final RequestIntake intake;
    private final RunSettings settings;
    private final Settings all;
    private final Clock clock;

    /** @param clock the ledger's */
    public RunFollower(RunLedger runs, RequestIntake intake, RunSettings settings, Settings all, Clock clock) {
        this.runs = runs;
        this.devices = runs.devices();
        this.intake = intake;
        this.settings = settings;
        this.all = all;
        this.clock = clock;
    }

    /** The tenants with a run that has not ended. */
    public List<String> tenants() {
        return runs.running(settings.quotaKeys().keySet()).stream().map(RunRecord::tenant).distinct().sorted().toList();
    }

    /** Sets the path of the first page; null if no action is open. */
    public void begin(@Body String tenant, Exchange exchange) {
        exchange.setVariable(FetchVariables.KEY, new ResultKey(tenant, "machineactions", ResultKey.WHOLE_ACTION));
        List<RunDevice> open = devices.open(tenant);
        Instant since = open
                .stream().flatMap(device -> Optional.ofNullable(device.actionCreatedAt())
                        .or(() -> Optional.ofNullable(device.attemptBeganAt())).stream())
                .min(Comparator.naturalOrder()).orElse(clock.instant()).minus(SKEW);
        RunWalk walk = new RunWalk(tenant, open, new ActionList(all.tenant(tenant).apiBase(), since));
        exchange.setVariable(RunVariables.WALK, walk);
        exchange.setVariable(RunVariables.PAGE, open.isEmpty() ? null : path(walk, walk.list().page(0)));
    }

    /** Settles what a page says of open actions, and sets the path of the next page. */
    public void take(@Body ActionPage page, @Variable(RunVariables.WALK) RunWalk walk, Exchange exchange) {
        Map<RunDevice, MachineAction> found = new LinkedHashMap<>();
        for (MachineAction action : page.actions()) {
            walk.open().stream().filter(device -> isOf(action, device)).findFirst().ifPresent(device -> found.put(device, action));
        }
        found.keySet().forEach(walk::found);
        // first the requests, each recorded once, so that this may be interrupted anywhere and repeated
        intake.accept(found.entrySet().stream().filter(one -> hasRun(one.getValue()))
                .flatMap(one -> ActionWork.requests(one.getKey().tenant(), one.getValue()).stream()).iterator());
        devices.together(() -> found.forEach(this::settle));
        found.forEach((device, action) -> {
            if (action.status().equals("Pending")) {
                walk.pending().add(device);
            }
        });
        int seen = walk.add(page.entries());
        exchange.setVariable(RunVariables.PAGE, walk.list().next(page, seen).filter(next -> seen <= MOST_ENTRIES)
                .map(next -> path(walk, next)).orElse(null));
    }

    private static String path(RunWalk walk, String address) {
        return address.substring(walk.list().apiBase().length());
    }

    /** By its id, or if the answer to the start was lost by machine, key and time. */
    private static boolean isOf(MachineAction action, RunDevice device) {
        if (!device.isStarting()) {
            return action.id().equalsIgnoreCase(device.machineActionId());
        }
        return action.isLiveResponse() && device.machineId().equalsIgnoreCase(action.deviceId())
                && RunKey.isIn(action.comment(), action.externalId(), device.commentKey())
                && (action.createdAt() == null || !action.createdAt().isBefore(device.attemptBeganAt().minus(SKEW)));
    }

    private void settle(RunDevice device, MachineAction action) {
        if (device.isStarting()) {
            Instant created = action.createdAt() == null ? device.attemptBeganAt() : action.createdAt();
            devices.started(device, action.id(), created, action.status());
        } else if (!action.status().equals(device.actionStatus())) {
            devices.seen(device, action.status());
        }
        if (hasRun(action)) {
            devices.end(device, RunEnd.RAN, action.status().equals("Succeeded") ? null : reason(action));
        } else if (action.hasEnded()) {
            endedUnbegun(action, device);
        }
    }

    /** Whether an action has ended after a command began, so that it must not be started again. */
    private static boolean hasRun(MachineAction action) {
        return action.hasEnded() && (action.begun() || action.status().equals("Succeeded"));
    }

    private void endedUnbegun(MachineAction action, RunDevice device) {
        boolean cancelled = action.status().equals("Cancelled");
        boolean late = !clock.instant().isBefore(device.deadline());
        if (device.stopReason() != null && (cancelled || action.status().equals("TimeOut"))) {
            devices.end(device, RunEnd.CANCELLED, device.stopReason());
        } else if (cancelled && device.cancelReason() == null) {
            devices.end(device, RunEnd.CANCELLED, "somebody cancelled the action: " + reason(action));
        } else if (!cancelled && !action.status().equals("TimeOut")) {
            devices.end(device, RunEnd.REFUSED, "the action failed before a command began: " + reason(action));
        } else if (late) {
            devices.end(device, RunEnd.OFFLINE, "the device did not connect before the deadline");
        } else {
            devices.waitAgain(device, "the device did not connect; it is started again later", clock.instant().plus(settings.retryDelay()),
                    RunEnd.OFFLINE);
        }
    }

    private static String reason(MachineAction action) {
        return action.reason() == null ? "the action is " + action.status() : action.status() + ": " + action.reason();
    }

    /**
     * After the last page: ends what waits too long, and what was looked for in vain.
     *
     * @return the devices whose action is to be cancelled
     */
    public List<RunDevice> cancels(@Variable(RunVariables.WALK) RunWalk walk) {
        Instant now = clock.instant();
        runs.refusedByHash(walk.tenant())
                .forEach(run -> stop(run, "a device refused the script because its hash is another (exit code 323)"));
        endLate(walk.tenant());
        for (RunDevice device : walk.open()) {
            if (!walk.isFound(device)) {
                missing(device, now);
            }
        }
        List<RunDevice> cancels = new ArrayList<>();
        List<RunDevice> away = new ArrayList<>();
        for (RunDevice device : devices.open(walk.tenant())) {
            boolean pending = walk.pending().stream().anyMatch(one -> one.commentKey().equals(device.commentKey()));
            if (device.machineActionId() == null
                    || device.cancelAskedAt() != null && now.isBefore(device.cancelAskedAt().plus(CANCEL_AGAIN))) {
                continue;
            }
            if (device.stopReason() != null) {
                add(cancels, device, "run");
            } else if (pending && !now.isBefore(device.deadline())) {
                add(cancels, device, "deadline");
            } else if (pending && device.cancelReason() != null) {
                add(cancels, device, device.cancelReason());
            } else if (pending && now.isAfter(device.attemptBeganAt().plus(settings.pendingAfter()))) {
                away.add(device);
            }
        }
        int fresh = away.size() > settings.pendingBudget() ? devices.fresh(walk.tenant()) : 0;
        away.stream().limit(Math.min(Math.max(0, away.size() - settings.pendingBudget()), fresh))
                .forEach(device -> add(cancels, device, "budget"));
        return cancels;
    }

    private void endLate(String tenant) {
        long ended;
        do {
            ended = devices.late(tenant, PAGE).stream().filter(device -> devices.end(device,
                    device.stopReason() != null ? RunEnd.CANCELLED : device.lateEnd(),
                    device.stopReason() != null ? device.stopReason() : late(device))).count();
        } while (ended == PAGE);
    }

    private void add(List<RunDevice> cancels, RunDevice device, String why) {
        if (devices.cancelAsked(device, why)) {
            cancels.add(device);
        }
    }

    private static String late(RunDevice device) {
        return switch (device.lateEnd()) {
            case BUSY -> "another live response held the device until the deadline";
            case OFFLINE -> "the device did not connect before the deadline";
            default ->
                "the deadline passed before the device could be started" + (device.reason() == null ? "" : "; last: " + device.reason());
        };
    }

    private void missing(RunDevice device, Instant now) {
        boolean gone = device.isStarting()
                ? now.isAfter(device.attemptBeganAt().plus(settings.lookUp()))
                : now.isAfter(device.deadline().plus(settings.lookUp())) && now.isAfter(device.attemptBeganAt().plus(settings.lookUp()));
        if (gone && devices.end(device, RunEnd.UNKNOWN, device.isStarting()
                ? "the start was not answered, and no action of it is listed; it is not started again"
                : "the API lists the action " + device.machineActionId() + " no more")) {
            LOG.warn("{}: ends as unknown, since it cannot be proved whether its live response was started", device);
        }
    }

    private void stop(String run, String reason) {
        if (runs.stop(run, reason)) {
            LOG.warn("run {} is stopped: {}", run, reason);
        }
    }

    /** Sets what the cancel call of an action that this product started needs. */
    public void cancelling(@Body RunDevice device, Exchange exchange) {
        exchange.setVariable(FetchVariables.KEY, new ResultKey(device.tenant(), device.machineActionId(), ResultKey.WHOLE_ACTION));
        exchange.setVariable(FetchVariables.CALL, "CANCEL");
        exchange.setVariable("liveResponseMethod", "POST");
        exchange.setVariable("liveResponsePath", "/machineactions/" + device.machineActionId() + "/cancel");
        exchange.setVariable("liveResponseContentType", "application/json");
        exchange.getMessage().setBody("{\"Comment\":\"" + device.commentKey() + "\"}");
    }

    /** Whether a run of the tenant waits that is fixed to a script's hash. */
    public boolean isFixed(@Variable(RunVariables.WALK) RunWalk walk) {
        return runs.running(List.of(walk.tenant())).stream().anyMatch(run -> run.scriptSha256() != null && run.waiting() > 0);
    }

    /** Stops the runs whose script is another now. */
    public void compare(@Body LibraryList library, @Variable(RunVariables.WALK) RunWalk walk) {
        for (RunRecord run : runs.running(List.of(walk.tenant()))) {
            if (run.scriptSha256() != null && run.stopReason() == null) {
                String now = library.sha256(run.scriptName()).orElse(null);
                if (!run.scriptSha256().equals(now)) {
                    stop(run.runId(), now == null
                            ? "the script " + run.scriptName() + " is no longer in the library"
                            : "the script " + run.scriptName() + " in the library has another hash than when the run was started");
                }
            }
        }
    }
}
