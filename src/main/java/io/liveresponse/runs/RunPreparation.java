package io.liveresponse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.ledger.NewRun;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Plural;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** Makes a plan of an order: the script's hash, and the devices behind names, tags and operating systems. Thread-safe. */
public final class RunPreparation {

    private static final int PAGE = 10_000;

    private final Settings settings;
    private final RunSettings limits;
    private final Clock clock;

    /** What {@code start-run} answers. {@code fresh} is false if the run was known: then nothing is started. */
    public record Started(String run, boolean fresh, int devices, List<RunOrder.Row> rejected, RunEstimate estimate) {
    }

    /** @param clock this machine's, or the ledger's */
    public RunPreparation(Settings settings, RunSettings limits, Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
    }

    /** @throws LiveResponseException REQUEST_INVALID or REQUEST_TENANT_UNKNOWN */
    public void begin(@Body Object body, Exchange exchange) throws LiveResponseException {
        RunOrder order = body instanceof RunOrder ready
                ? ready
                : RunOrders.read(body instanceof Map<?, ?> || body instanceof byte[]
                        ? body
                        : exchange.getMessage().getBody(String.class), settings.tenants());
        if (order.deadline() != null && !order.deadline().isAfter(clock.instant())) {
            throw new LiveResponseException(FailureCode.REQUEST_INVALID, "the deadline " + order.deadline() + " has passed");
        }
        RunDraft draft = new RunDraft(order);
        exchange.setVariable(RunVariables.DRAFT, draft);
        exchange.setVariable(FetchVariables.KEY, new ResultKey(order.tenant(), "run", ResultKey.WHOLE_ACTION));
        exchange.setVariable(RunVariables.PAGE, draft.needsMachines() ? path(0) : null);
    }

    private static String path(int skip) {
        return "/machines?$top=" + PAGE + (skip == 0 ? "" : "&$skip=" + skip);
    }

    /** @throws LiveResponseException REQUEST_INVALID if the library has no such script */
    public void library(@Body LibraryList library, @Variable(RunVariables.DRAFT) RunDraft draft) throws LiveResponseException {
        String script = draft.order().scriptName();
        if (library.find(script).isEmpty()) {
            throw new LiveResponseException(FailureCode.REQUEST_INVALID,
                    "the script " + script + " is not in the live response library of tenant "
                            + draft.order().tenant() + "; upload it with library apply");
        }
        draft.fix(library.sha256(script).orElse(null));
    }

    /** The library may not be read: the run is not fixed to a hash, and the plan says so. */
    public void withoutLibrary(@ExchangeException Exception thrown, @Variable(RunVariables.DRAFT) RunDraft draft)
            throws LiveResponseException {
        if (thrown instanceof LiveResponseException failure && failure.getCode() != FailureCode.RUN_FORBIDDEN) {
            throw failure;
        }
        draft.warn("the library cannot be read (permission Library.Manage), so a change of the script would not be noticed");
    }

    /** One page of devices; the next is asked for until one is empty. */
    public void machines(@Body JsonNode page, @Variable(RunVariables.DRAFT) RunDraft draft, Exchange exchange) {
        JsonNode value = page.path("value");
        for (JsonNode machine : value) {
            String id = machine.path("id").asText("").toLowerCase(Locale.ROOT);
            if (id.matches("[0-9a-f]{40}")) {
                List<String> tags = new ArrayList<>();
                machine.path("machineTags").forEach(tag -> tags.add(tag.asText()));
                draft.machines().add(new RunDraft.Machine(id, machine.path("computerDnsName").asText(null),
                        machine.path("osPlatform").asText(""), tags));
            }
        }
        exchange.setVariable(RunVariables.PAGE, value.isEmpty() ? null : path(draft.seen(value.size())));
    }

    /** @throws LiveResponseException REQUEST_INVALID if no device is left */
    public RunPlan plan(@Variable(RunVariables.DRAFT) RunDraft draft) throws LiveResponseException {
        RunOrder order = draft.order();
        List<NewRun.Device> devices = new ArrayList<>();
        List<RunOrder.Row> rejected = new ArrayList<>();
        if (order.rows().isEmpty()) {
            draft.machines().stream().filter(machine -> (order.tag() == null || machine.tags().contains(order.tag()))
                    && (order.os() == null || machine.os().equalsIgnoreCase(order.os())))
                    .forEach(machine -> devices.add(new NewRun.Device(machine.id(), machine.name(), null)));
        } else {
            resolve(order, draft, devices, rejected);
        }
        int toStart = (int) devices.stream().filter(device -> device.refusal() == null).map(NewRun.Device::machineId).distinct().count();
        if (toStart == 0) {
            throw new LiveResponseException(FailureCode.REQUEST_INVALID, "the run has no device to start"
                    + rejected.stream().findFirst().map(row -> "; " + row).orElse("")
                    + (rejected.size() > 1 ? "; and " + Plural.of(rejected.size() - 1, "more row") : ""));
        }
        Instant now = clock.instant();
        Instant deadline = order.deadline() != null
                ? order.deadline()
                : now.plus(order.timeAllowed() == null ? limits.deadline() : order.timeAllowed());
        return new RunPlan(
                new NewRun(order.runId(), order.tenant(), order.commands(), order.scriptName(), draft.sha256(), order.comment(), deadline,
                        devices),
                RunEstimate.of(toStart, order.results(), limits), rejected, draft.warning());
    }

    private static void resolve(RunOrder order, RunDraft draft, List<NewRun.Device> devices, List<RunOrder.Row> rejected) {
        Map<String, List<RunDraft.Machine>> byName = draft.machines().stream().filter(machine -> machine.name() != null)
                .collect(Collectors.groupingBy(machine -> machine.name().toLowerCase(Locale.ROOT)));
        Set<String> taken = new HashSet<>();
        for (RunOrder.Row row : order.rows()) {
            String problem = row.problem();
            String id = row.machineId();
            if (problem == null && id == null) {
                List<RunDraft.Machine> found = byName.getOrDefault(row.name().toLowerCase(Locale.ROOT), List.of());
                problem = found.isEmpty()
                        ? "the tenant has no device of this name"
                        : found.size() > 1 ? found.size() + " devices have this name; give the machineId" : null;
                id = problem == null ? found.get(0).id() : null;
            }
            if (problem == null && !taken.add(id)) {
                problem = DeviceRows.DUPLICATE;
            }
            if (problem != null) {
                rejected.add(new RunOrder.Row(row.line(), id, row.name(), problem));
                if (!problem.equals(DeviceRows.DUPLICATE)) {
                    devices.add(new NewRun.Device("row " + row.line(), row.name(), problem));
                }
            } else {
                devices.add(new NewRun.Device(id, row.name(), null));
            }
        }
    }

    /** Records the run. When this returns, it is committed. */
    public static Started start(RunPlan plan, RunLedger runs) {
        boolean fresh = runs.add(plan.run());
        return new Started(plan.run().runId(), fresh, plan.devices(), plan.rejected(), plan.estimate());
    }
}
