package io.liveresponse.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.MachineAction;
import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunDevices;
import io.liveresponse.ledger.RunEnd;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the devices of runs. Before a call the ledger has committed that it begins; if its answer is lost, the device stays
 * {@code starting} and {@link RunFollower} looks its action up. Only a call that provably started nothing is made again. Thread-safe.
 */
public final class RunStarts {

    private static final Logger LOG = LoggerFactory.getLogger(RunStarts.class);
    private static final JsonMapper JSON = new JsonMapper();
    /** Verdicts of failures after which nothing was started. */
    private static final Set<Verdict> NOT_STARTED = EnumSet.of(Verdict.POSTPONE, Verdict.PAUSE_TENANT, Verdict.PAUSE_PEER);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final RunLedger runs;
    private final RunDevices devices;
    private final RunQuota quota;
    private final RunSettings settings;
    private final BooleanSupplier stopping;
    private final Clock clock;
    private final AtomicBoolean externalId;

    /**
     * @param stopping whether the process ends, so that nothing is started any more
     * @param clock    the ledger's
     */
    public RunStarts(RunLedger runs, RunQuota quota, RunSettings settings, BooleanSupplier stopping, Clock clock) {
        this.runs = runs;
        this.devices = runs.devices();
        this.quota = quota;
        this.settings = settings;
        this.stopping = stopping;
        this.clock = clock;
        this.externalId = new AtomicBoolean(settings.externalId());
    }

    /** Devices that may be started now: no more than the window and the sessions have room for. */
    public List<RunDevice> due() {
        List<RunDevice> due = new ArrayList<>();
        Set<String> starting = runs.startingTenants();
        for (Map.Entry<String, List<String>> group : settings.tenantsByQuota().entrySet()) {
            List<String> tenants = group.getValue();
            if (!stopping.getAsBoolean() && tenants.stream().anyMatch(starting::contains) && tenants.stream().noneMatch(quota::isPaused)) {
                due.addAll(devices.due(tenants, Math.min(quota.room(group.getKey()), settings.sessions() - devices.sessions(tenants))));
            }
        }
        return due;
    }

    /** Sets what the calls about the device need. */
    public void prepare(@Body RunDevice device, Exchange exchange) {
        exchange.setVariable(RunVariables.DEVICE, device);
        exchange.setVariable(FetchVariables.KEY, new ResultKey(device.tenant(), device.machineId(), ResultKey.WHOLE_ACTION));
        exchange.setVariable(FetchVariables.CALL, "RUN");
        exchange.setVariable("liveResponseMethod", "POST");
        exchange.setVariable("liveResponsePath", "/machines/" + device.machineId() + "/runliveresponse");
        exchange.setVariable("liveResponseContentType", "application/json");
    }

    /** Commits that the call begins, and makes its body. The device is {@code starting} then, unless another began it or no session is free. */
    public void begin(@Variable(RunVariables.DEVICE) RunDevice device, Exchange exchange) throws JsonProcessingException {
        String quotaKey = settings.quotaKeys().get(device.tenant());
        List<String> tenants = settings.tenantsByQuota().get(quotaKey);
        Optional<RunDevice> begun = devices.begin(device, quotaKey, tenants, settings.sessions(), RunKey.of(device));
        if (begun.isEmpty()) {
            return;
        }
        exchange.setVariable(RunVariables.DEVICE, begun.get());
        ObjectNode call = JSON.createObjectNode();
        call.set("Commands", JSON.readTree(device.commands()));
        call.put("Comment", RunKey.comment(device.comment(), begun.get().commentKey()));
        if (externalId.get()) {
            call.put("ExternalID", begun.get().commentKey());
        }
        exchange.getMessage().setBody(JSON.writeValueAsBytes(call));
    }

    /** The API has the action. */
    public void started(@Body ActionPage answer, @Variable(RunVariables.DEVICE) RunDevice device) throws LiveResponseException {
        MachineAction action = answer.actions().get(0);
        if (!action.isLiveResponse() || action.deviceId() != null && !action.deviceId().equalsIgnoreCase(device.machineId())) {
            throw new LiveResponseException(FailureCode.RUN_ANSWER_UNREADABLE,
                    "the API answers with another action than the one to start on " + device);
        }
        devices.started(device, action.id(), action.createdAt() == null ? device.attemptBeganAt() : action.createdAt(), action.status());
    }

    /** The call failed, or was never made. The verdict of {@code failure-policy} says whether anything was started. */
    public void failed(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        RunDevice device = exchange.getVariable(RunVariables.DEVICE, RunDevice.class);
        LiveResponseException failure = ObjectHelper.getException(LiveResponseException.class, thrown);
        Verdict verdict = Verdict.of(exchange.getVariable(Verdict.VARIABLE, String.class)).orElse(null);
        if (device == null) {
            return;
        }
        // the row of the table names the device
        String reason = failure == null
                ? thrown.getClass().getSimpleName()
                : failure.getMessage().replace(" for " + new ResultKey(device.tenant(), device.machineId(), ResultKey.WHOLE_ACTION), "");
        if (verdict == Verdict.PAUSE_TENANT || verdict == Verdict.PAUSE_PEER) {
            LOG.warn("{}; tenant {} starts nothing for {} s", reason, device.tenant(), PAUSE.toSeconds());
            quota.pause(device.tenant(), PAUSE);
        }
        if (!device.isStarting()) {
            return;
        }
        if (failure != null && isAboutExternalId(failure)) {
            LOG.warn(
                    "the API refuses ExternalID; the key stays in the comment alone. To send none, set live-response.run.external-id=false");
            devices.waitAgain(device, reason, clock.instant(), device.lateEnd());
        } else if (failure != null && verdict != null && NOT_STARTED.contains(verdict)) {
            postpone(device, failure);
        } else if (failure != null && verdict == Verdict.DEAD) {
            devices.end(device, end(failure.getCode()), reason);
        } else {
            LOG.debug("{}: the answer to its start is lost ({}); its action is looked up", device, reason);
        }
    }

    /** Once: afterwards no call sends it. */
    private boolean isAboutExternalId(LiveResponseException failure) {
        return failure.getCode() == FailureCode.RUN_BAD_REQUEST && failure.getMessage().toLowerCase(Locale.ROOT).contains("externalid")
                && externalId.getAndSet(false);
    }

    private void postpone(RunDevice device, LiveResponseException failure) {
        boolean busy = failure.getCode() == FailureCode.RUN_DEVICE_BUSY;
        Duration wait = failure.getRetryAfter().orElse(switch (failure.getCode()) {
            case RUN_DEVICE_BUSY -> settings.retryDelay();
            case RUN_TOKEN_EXPIRED -> Duration.ZERO;
            default -> PAUSE;
        });
        if (failure.getCode() == FailureCode.RUN_NOT_SENT || failure.getCode() == FailureCode.LEDGER_UNAVAILABLE) {
            devices.unsent(device, failure.getMessage(), clock.instant().plus(wait));
            return;
        }
        devices.waitAgain(device, failure.getMessage(), clock.instant().plus(wait), busy ? RunEnd.BUSY : device.lateEnd());
    }

    private static RunEnd end(FailureCode code) {
        return switch (code) {
            case RUN_DEVICE_RESTRICTED -> RunEnd.RESTRICTED;
            case RUN_DEVICE_UNSUPPORTED -> RunEnd.UNSUPPORTED;
            default -> RunEnd.REFUSED;
        };
    }
}
