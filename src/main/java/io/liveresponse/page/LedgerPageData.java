package io.liveresponse.page;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RunDevice;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.ledger.RunResultRow;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import io.liveresponse.page.View.DeviceRow;
import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.OutcomeCount;
import io.liveresponse.page.View.Overview;
import io.liveresponse.page.View.RequestDetail;
import io.liveresponse.page.View.RequestRow;
import io.liveresponse.page.View.RunDetail;
import io.liveresponse.page.View.RunRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/** What the page shows, from the ledger, the health checks and the routes of a running context. Thread-safe. */
public final class LedgerPageData implements PageData {

    /** More rows are of no use to a reader, and the page is loaded again and again. */
    private static final int MOST_DEVICES = 1_000;

    private final Ledger ledger;
    private final OverviewReader overview;
    private final RequestStory story;
    private final DeliveredFiles files;
    private final RunningFlow flow;
    private final Function<ResultKey, Optional<List<String>>> router;

    /**
     * @param quotaKeys the tenant id of each configured tenant, by its name
     * @param results   reads kept results again
     * @param delivered the directory of the file sink, whose files a visitor may read
     * @param router    the sinks to which a kept result would go
     * @param clock     the machine's
     */
    public LedgerPageData(CamelContext context, Ledger ledger, Map<String, String> quotaKeys, Supplier<ResultReader> results,
            Path delivered, Function<ResultKey, Optional<List<String>>> router, Clock clock) {
        this.ledger = ledger;
        this.overview = new OverviewReader(context, ledger, quotaKeys, clock);
        this.files = new DeliveredFiles(delivered);
        this.story = new RequestStory(ledger, quotaKeys, results, files, clock);
        this.flow = RunningFlow.watch(context);
        this.router = router;
    }

    @Override
    public Overview overview() {
        return overview.overview();
    }

    @Override
    public List<RequestRow> requests(RequestFilter filter, Long before, int max) {
        return ledger.archive().list(filter, before, max).stream().map(LedgerPageData::row).toList();
    }

    static RequestRow row(RequestRecord request) {
        ActionFacts action = request.action();
        FetchedFacts fetched = request.fetched();
        return new RequestRow(request.acceptedNo(), request.key().tenant(), request.key().machineActionId(),
                request.key().wholeAction() ? "all" : Integer.toString(request.key().commandIndex()), request.state().label(),
                request.acceptedAt(), action.deviceName() == null ? action.deviceId() : action.deviceName(), script(request),
                fetched == null ? null : fetched.outcome().label(), fetched == null ? null : fetched.exitCode(),
                request.error() == null ? null : request.error().code().name());
    }

    static String script(RequestRecord request) {
        return request.fetched() != null && request.fetched().scriptName() != null
                ? request.fetched().scriptName()
                : request.action().scriptName();
    }

    @Override
    public Optional<RequestDetail> request(ResultKey key) {
        return ledger.archive().show(key).map(story::detail);
    }

    @Override
    public Optional<Path> file(ResultKey key, String sink) {
        return ledger.archive().show(key).stream().flatMap(timeline -> timeline.deliveries().stream())
                .filter(delivery -> delivery.sink().equals(sink)).findFirst().flatMap(files::find);
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
        return new RunRow(run.runId(), run.tenant(), run.scriptName(), run.state().label(), run.createdAt(), run.deadline(),
                run.devices(), run.devices() - run.waiting() - run.open(), run.ends().entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(end -> new OutcomeCount(end.getKey().label(), end.getValue())).toList());
    }

    @Override
    public Optional<RunDetail> run(String id) {
        return ledger.runs().find(id).map(run -> {
            List<RunDevice> devices = ledger.runs().devices().of(run, 0, MOST_DEVICES);
            Map<String, Integer> exitCodes = ledger.runs().results(run, devices).stream().filter(result -> result.exitCode() != null)
                    .collect(Collectors.toMap(RunResultRow::machineId, RunResultRow::exitCode,
                            (first, later) -> first != 0 ? first : later));
            return new RunDetail(row(run), run.stopReason() == null ? run.comment() : run.stopReason(),
                    devices.stream().map(device -> new DeviceRow(device.name(), device.machineId(),
                            device.end() == null ? device.state() : device.end().label(), device.reason(), device.machineActionId(),
                            exitCodes.get(device.machineId()))).toList());
        });
    }

    @Override
    public boolean cancelRun(String id) {
        return ledger.runs().stop(id, "cancelled on the status page");
    }

    @Override
    public Flow flow() {
        return flow.read();
    }
}
