package io.liveresponse.page;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.SafeText;
import io.liveresponse.page.View.Attention;
import io.liveresponse.page.View.Delivered;
import io.liveresponse.page.View.DeviceRow;
import io.liveresponse.page.View.Fact;
import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.Moment;
import io.liveresponse.page.View.Node;
import io.liveresponse.page.View.OutcomeCount;
import io.liveresponse.page.View.Overview;
import io.liveresponse.page.View.RequestDetail;
import io.liveresponse.page.View.RequestRow;
import io.liveresponse.page.View.RunDetail;
import io.liveresponse.page.View.RunRow;
import io.liveresponse.page.View.Sink;
import io.liveresponse.page.View.Tenant;
import io.liveresponse.worker.KeptResults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the page shows, from the ledger, the health checks and the routes of a running context. Thread-safe. */
public final class LedgerPageData implements PageData {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerPageData.class);
    /** The counts read the whole table of requests; visitors and their live updates share them. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int SHOWN_LINES = 40;
    private static final String OURS = "live-response-";

    private final CamelContext context;
    private final Ledger ledger;
    private final Map<String, String> quotaKeys;
    private final Supplier<ResultReader> results;
    private final Function<ResultKey, Optional<List<String>>> router;
    private final Clock clock;
    private Overview latest;

    /**
     * @param quotaKeys the tenant id of each configured tenant, by its name
     * @param results   reads kept results again
     * @param router    the sinks to which a kept result would go
     * @param clock     the machine's
     */
    public LedgerPageData(CamelContext context, Ledger ledger, Map<String, String> quotaKeys, Supplier<ResultReader> results,
            Function<ResultKey, Optional<List<String>>> router, Clock clock) {
        this.context = context;
        this.ledger = ledger;
        this.quotaKeys = quotaKeys;
        this.results = results;
        this.router = router;
        this.clock = clock;
    }

    @Override
    public synchronized Overview overview() {
        Instant now = clock.instant();
        if (latest == null || !now.isBefore(latest.at().plus(FRESH))) {
            latest = read(now);
        }
        return latest;
    }

    private Overview read(Instant now) {
        List<RequestCount> counts = ledger.archive().counts();
        Map<String, TenantPause> pauses = ledger.quota().pauses().stream()
                .collect(Collectors.toMap(TenantPause::tenant, pause -> pause, (one, other) -> one));
        List<Tenant> tenants = quotaKeys.keySet().stream().sorted().map(name -> tenant(name, counts, pauses.get(name), now)).toList();
        List<HealthCheck.Result> health = HealthCheckHelper.invokeReadiness(context).stream().toList();
        Optional<String> sinkFault = health.stream().filter(result -> result.getCheck().getId().equals(OURS + "sinks"))
                .map(HealthCheck.Result::getMessage)
                .filter(Optional::isPresent).map(Optional::get).findFirst();
        return new Overview(now, tenants.stream().map(Tenant::estimatedEnd).filter(Objects::nonNull).max(Instant::compareTo).orElse(null),
                attention(tenants, health), tenants,
                ledger.status().sinks().stream().map(sink -> new Sink(sink.sink(), sink.at(), faultOf(sink.sink(), sinkFault))).toList(),
                ledger.status().nodes().stream().map(node -> new Node(node.owner(), node.leases(), node.until())).toList(),
                ledger.status().outcomes(now.minus(Duration.ofHours(24))).stream()
                        .map(count -> new OutcomeCount(count.outcome().label(), count.results())).toList());
    }

    private static String faultOf(String sink, Optional<String> faults) {
        return faults.flatMap(all -> List.of(all.split("; ")).stream().filter(fault -> fault.startsWith(sink + ": ")).findFirst())
                .map(fault -> fault.substring(sink.length() + 2)).orElse(null);
    }

    private Tenant tenant(String name, List<RequestCount> counts, TenantPause pause, Instant now) {
        QuotaUse use = ledger.quota().use(CallKind.LINK, quotaKeys.get(name));
        long backlog = sum(counts, name, count -> count.state() == RequestState.DUE && count.outcome() == null);
        boolean paused = pause != null && pause.until().isAfter(now);
        return new Tenant(name, use.inMinute(), use.quota().perMinute(), use.inHour(), use.quota().perHour(), backlog,
                sum(counts, name, count -> count.state() == RequestState.DUE),
                sum(counts, name, count -> count.state() == RequestState.CLAIMED),
                sum(counts, name, count -> count.state() == RequestState.DELIVERED),
                sum(counts, name, count -> count.state() == RequestState.DEAD),
                use.roomAt(), paused ? null : use.done(backlog, now), paused ? pause.until() : null, paused ? pause.reason() : null);
    }

    private static long sum(List<RequestCount> counts, String tenant, java.util.function.Predicate<RequestCount> which) {
        return counts.stream().filter(count -> count.tenant().equals(tenant)).filter(which).mapToLong(RequestCount::requests).sum();
    }

    private static List<Attention> attention(List<Tenant> tenants, List<HealthCheck.Result> health) {
        List<Attention> attention = new ArrayList<>();
        tenants.stream().filter(tenant -> tenant.dead() > 0)
                .forEach(tenant -> attention.add(new Attention("dead", tenant.dead() + " requests of "
                        + tenant.name() + " are dead-lettered: fix the cause, then replay them.", "state=dead&tenant=" + tenant.name())));
        tenants.stream().filter(tenant -> tenant.pausedUntil() != null).forEach(tenant -> attention.add(new Attention("paused",
                tenant.name() + " is paused: " + tenant.pauseReason(), null)));
        health.stream().filter(result -> result.getCheck().getId().startsWith(OURS) && result.getMessage().isPresent())
                .forEach(result -> attention.add(new Attention(result.getState() == HealthCheck.State.DOWN ? "refused" : "degraded",
                        result.getCheck().getId().substring(OURS.length()) + ": " + result.getMessage().get(), null)));
        return attention;
    }

    @Override
    public List<RequestRow> requests(RequestFilter filter, Long before, int max) {
        return ledger.archive().list(filter, before, max).stream().map(LedgerPageData::row).toList();
    }

    private static RequestRow row(RequestRecord request) {
        ActionFacts action = request.action();
        FetchedFacts fetched = request.fetched();
        return new RequestRow(request.acceptedNo(), request.key().tenant(), request.key().machineActionId(),
                request.key().wholeAction() ? "all" : Integer.toString(request.key().commandIndex()), request.state().label(),
                request.acceptedAt(),
                action.deviceName() == null ? action.deviceId() : action.deviceName(), script(request),
                fetched == null ? null : fetched.outcome().label(),
                fetched == null ? null : fetched.exitCode(), request.error() == null ? null : request.error().code().name());
    }

    private static String script(RequestRecord request) {
        return request.fetched() != null && request.fetched().scriptName() != null
                ? request.fetched().scriptName()
                : request.action().scriptName();
    }

    @Override
    public Optional<RequestDetail> request(ResultKey key) {
        return ledger.archive().show(key).map(this::detail);
    }

    private RequestDetail detail(Timeline timeline) {
        RequestRecord request = timeline.request();
        Optional<Result> kept = kept(request);
        return new RequestDetail(row(request), request.endedAt(), request.attempts(), waitsFor(request),
                request.error() == null ? null : request.error().stage().name(), request.error() == null ? null : request.error().text(),
                null, facts(request),
                timeline.deliveries().stream().map(delivery -> new Delivered(delivery.sink(), delivery.reference(), delivery.deliveredAt()))
                        .toList(),
                timeline.events().stream().map(event -> new Moment(event.at(), event.kind().label(), event.detail())).toList(),
                kept.map(result -> SafeText.of(result.output()).firstAndLast(SHOWN_LINES).plain()).filter(text -> !text.isBlank())
                        .orElse(null),
                kept.map(result -> SafeText.of(result.errors()).firstAndLast(SHOWN_LINES).plain()).filter(text -> !text.isBlank())
                        .orElse(null));
    }

    private Optional<Result> kept(RequestRecord request) {
        if (request.key().wholeAction() || request.fetched() == null || request.fetched().spoolPath() == null
                || !KeptResults.isHere(request)) {
            return Optional.empty();
        }
        try {
            Request again = Request.of(request.key().tenant(), request.key().machineActionId(), request.key().commandIndex(),
                    request.action());
            return Optional.of(new KeptResults(results.get()).read(request, again));
        } catch (LiveResponseException e) {
            LOG.debug("{}: the kept result cannot be read: {}", request.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private String waitsFor(RequestRecord request) {
        if (request.state() != RequestState.DUE) {
            return null;
        }
        Instant now = clock.instant();
        Optional<TenantPause> pause = ledger.quota().pauses().stream()
                .filter(each -> each.tenant().equals(request.key().tenant()) && each.until().isAfter(now)).findFirst();
        if (request.fetched() == null && pause.isPresent()) {
            return "the pause of the tenant until " + PageTemplates.text(pause.get().until()) + ": " + pause.get().reason();
        }
        String quotaKey = quotaKeys.get(request.key().tenant());
        if (quotaKey == null) {
            return "a node whose settings name the tenant " + request.key().tenant();
        }
        Instant roomAt = request.fetched() == null ? ledger.quota().use(CallKind.LINK, quotaKey).roomAt() : null;
        if (roomAt != null) {
            return "quota until " + PageTemplates.text(roomAt);
        }
        return request.nextAttemptAt() != null && request.nextAttemptAt().isAfter(now)
                ? "its next attempt at " + PageTemplates.text(request.nextAttemptAt())
                : null;
    }

    private static List<Fact> facts(RequestRecord request) {
        List<Fact> facts = new ArrayList<>();
        ActionFacts action = request.action();
        add(facts, "accepted", PageTemplates.text(request.acceptedAt()));
        add(facts, "attempts", Integer.toString(request.attempts()));
        add(facts, "lease", request.leaseOwner());
        add(facts, "command", action.commandType());
        add(facts, "script", script(request));
        add(facts, "path", action.path());
        add(facts, "device", action.deviceName());
        add(facts, "device id", action.deviceId());
        add(facts, "requested by", action.requestor());
        add(facts, "comment", action.comment());
        FetchedFacts fetched = request.fetched();
        if (fetched != null && fetched.sha256() != null) {
            add(facts, "bytes", fetched.sizeBytes().toString());
            add(facts, "sha256", fetched.sha256());
            add(facts, "kept at", fetched.spoolPath() == null ? "no longer kept" : fetched.spoolPath());
        }
        return facts;
    }

    private static void add(List<Fact> facts, String name, String value) {
        if (value != null) {
            facts.add(new Fact(name, value));
        }
    }

    @Override
    public ReplayAnswer replay(ResultKey key, boolean fetch) {
        return ledger.archive().replay(key, fetch);
    }

    @Override
    public Optional<List<String>> dryRun(ResultKey key) {
        return router.apply(key);
    }

    @Override
    public List<RunRow> runs(int max) {
        return ledger.runs().runs(max).stream().map(LedgerPageData::row).toList();
    }

    private static RunRow row(RunRecord run) {
        return new RunRow(run.runId(), run.tenant(), run.scriptName(), run.state().label(), run.createdAt(), run.deadline(), null,
                run.devices(),
                run.devices() - run.waiting() - run.open(), run.ends().entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(end -> new OutcomeCount(end.getKey().label(), end.getValue())).toList());
    }

    @Override
    public Optional<RunDetail> run(String id) {
        return ledger.runs().find(id).map(run -> new RunDetail(row(run), run.stopReason() == null ? run.comment() : run.stopReason(),
                ledger.runs().devices(run).stream().map(device -> new DeviceRow(device.name(), device.machineId(),
                        device.end() == null ? device.state() : device.end().label(), device.reason(), device.machineActionId(), null))
                        .toList()));
    }

    @Override
    public boolean cancelRun(String id) {
        return ledger.runs().stop(id, "cancelled on the status page");
    }

    @Override
    public Flow flow() {
        return RunningFlow.of(context);
    }
}
