package io.liveresponse.page;

import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.model.ResultKey;
import io.liveresponse.page.View.Attention;
import io.liveresponse.page.View.Delivered;
import io.liveresponse.page.View.DeviceRow;
import io.liveresponse.page.View.Fact;
import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.FlowEdge;
import io.liveresponse.page.View.FlowRoute;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fleet as an operator may meet it, with hostile texts in it; records what the page asks to be changed. */
final class SamplePageData implements PageData {

    static final String HOSTILE = "<script>document.title='owned'</script><img src=x onerror=alert(1)>\u202etxt.exe\u0000{{7*7}}${7*7}";
    static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
    static final ResultKey DEAD = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);

    final List<String> changes = new CopyOnWriteArrayList<>();
    volatile RequestFilter asked;
    volatile RuntimeException failure;

    @Override
    public Overview overview() {
        if (failure != null) {
            throw failure;
        }
        return new Overview(NOW, NOW.plusSeconds(5_400),
                List.of(new Attention("dead", "3 requests of contoso are dead-lettered: fix the cause, then replay them.",
                        "state=dead&tenant=contoso"),
                        new Attention("paused",
                                "fabrikam is paused: the sign-in host refuses the client secret; set live-response.tenant.fabrikam.client-secret.",
                                null)),
                List.of(new Tenant("contoso", 96, 100, 1_204, 1_500, 2_250, 2_238, 12, 48_211, 3, null, NOW.plusSeconds(5_400), null, null),
                        new Tenant("fabrikam", 0, 100, 0, 1_500, 17, 17, 0, 901, 0, null, null, NOW.plusSeconds(240),
                                "TOKEN_REFUSED: the client secret has expired")),
                List.of(new Sink("file", NOW.minusSeconds(2), null), new Sink("email", NOW.minusSeconds(61), null),
                        new Sink("ticket", NOW.minusSeconds(4_000),
                                "the ticket system answers 503; set live-response.deliver.ticket.url if it has moved")),
                List.of(new Node("node-a/17", 8, NOW.plusSeconds(50)), new Node("node-b/4", 4, NOW.plusSeconds(41))),
                List.of(new OutcomeCount("succeeded", 4_210), new OutcomeCount("failed", 311),
                        new OutcomeCount("succeeded-with-errors", 120),
                        new OutcomeCount("action-timed-out", 14)));
    }

    @Override
    public List<RequestRow> requests(RequestFilter filter, Long before, int max) {
        asked = filter;
        List<RequestRow> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(max, 60); i++) {
            rows.add(i == 0
                    ? row()
                    : new RequestRow(5_000 - i, "contoso", "00000000-0000-4000-8000-%012d".formatted(i), "0", "delivered",
                            NOW.minusSeconds(i * 60L), "pc-%03d.contoso.example".formatted(i), "Get-Triage.ps1", "succeeded", 0, null));
        }
        return rows;
    }

    private static RequestRow row() {
        return new RequestRow(5_000, DEAD.tenant(), DEAD.machineActionId(), "0", "dead", NOW, HOSTILE, "Collect-Logs.ps1", null, null,
                "LINK_FORBIDDEN");
    }

    @Override
    public Optional<RequestDetail> request(ResultKey key) {
        return key.equals(DEAD)
                ? Optional.of(new RequestDetail(row(), NOW.minusSeconds(5), 1, null, "LINK",
                        "the API answers 403 (Forbidden); grant the application permission Machine.ReadWrite.All and admin consent",
                        List.of(new Fact("device", HOSTILE), new Fact("script", "Collect-Logs.ps1"),
                                new Fact("requested by", "secops@contoso.example")),
                        List.of(new Delivered("file", "contoso/pc/<b>bold</b>/0.txt", NOW.minusSeconds(9), true),
                                new Delivered("ticket", "INC0010023", NOW.minusSeconds(8), false)),
                        List.of(new Moment(NOW.minusSeconds(60), "accepted", null),
                                new Moment(NOW.minusSeconds(50), "claimed", "node-a/17"),
                                new Moment(NOW.minusSeconds(49), "link-call", null),
                                new Moment(NOW.minusSeconds(5), "dead", "LINK_FORBIDDEN " + HOSTILE)),
                        "Transcript started\n" + HOSTILE + "\nlast line", "Access is denied."))
                : Optional.empty();
    }

    @Override
    public Optional<Path> file(ResultKey key, String sink) {
        return key.equals(DEAD) && sink.equals("file") ? Optional.of(Path.of("LICENSE")) : Optional.empty();
    }

    @Override
    public ReplayAnswer replay(ResultKey key, boolean fetch) {
        changes.add((fetch ? "fetch " : "replay ") + key);
        return fetch ? ReplayAnswer.FETCH_AGAIN : ReplayAnswer.REROUTED;
    }

    @Override
    public Optional<List<String>> dryRun(ResultKey key) {
        return Optional.of(List.of("file", "ticket"));
    }

    @Override
    public List<RunRow> runs(int max) {
        return List.of(run());
    }

    private static RunRow run() {
        return new RunRow("r-20261121-1", "contoso", "Get-MpStatus.ps1", "running", NOW.minusSeconds(600), NOW.plusSeconds(80_000), 200,
                131,
                List.of(new OutcomeCount("ran", 120), new OutcomeCount("offline", 8), new OutcomeCount("unsupported", 3)));
    }

    @Override
    public Optional<RunDetail> run(String id) {
        return id.equals(run().id())
                ? Optional.of(new RunDetail(run(), "weekly check",
                        List.of(new DeviceRow("pc-001.contoso.example", "a".repeat(40), "ran", null, DEAD.machineActionId(), 0),
                                new DeviceRow(HOSTILE, "b".repeat(40), "restricted", "DisallowedOperation: " + HOSTILE, null, null))))
                : Optional.empty();
    }

    @Override
    public boolean cancelRun(String id) {
        changes.add("cancel " + id);
        return true;
    }

    @Override
    public Flow flow() {
        return new Flow(
                List.of(new FlowRoute("intake-inbox", "intake", "Reads files of requests", 12, 0),
                        new FlowRoute("accept-request", "intake", "Records a request", 4_000, 0),
                        new FlowRoute("worker", "worker", "Claims due requests", 3_990, 0),
                        new FlowRoute("fetch-result", "fetch", "One result", 3_990, 21),
                        new FlowRoute("fetch-attempt", "fetch", "One attempt", 4_011, 21),
                        new FlowRoute("route-result", "", "Decides where each result goes", 3_969, 0),
                        new FlowRoute("to-file", "deliver", "The file sink", 3_900, 0),
                        new FlowRoute("to-ticket", "deliver", "The ticket sink", 320, 4)),
                List.of(new FlowEdge("intake-inbox", "accept-request", 4_000), new FlowEdge("worker", "fetch-result", 3_990),
                        new FlowEdge("fetch-result", "fetch-attempt", 4_011),
                        new FlowEdge("worker", "route-result", 3_969), new FlowEdge("route-result", "to-file", 3_900),
                        new FlowEdge("route-result", "to-ticket", 320)));
    }
}
