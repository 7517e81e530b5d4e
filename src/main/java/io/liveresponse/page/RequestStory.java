package io.liveresponse.page;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.Result;
import io.liveresponse.model.SafeText;
import io.liveresponse.page.View.Delivered;
import io.liveresponse.page.View.Fact;
import io.liveresponse.page.View.Moment;
import io.liveresponse.page.View.RequestDetail;
import io.liveresponse.worker.KeptResults;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of one request and why it waits, with the output as far as this node keeps it. Thread-safe. */
final class RequestStory {

    private static final Logger LOG = LoggerFactory.getLogger(RequestStory.class);
    private static final int SHOWN_LINES = 40;

    private final Ledger ledger;
    private final Map<String, String> quotaKeys;
    private final Supplier<ResultReader> results;
    private final DeliveredFiles files;
    private final Clock clock;

    RequestStory(Ledger ledger, Map<String, String> quotaKeys, Supplier<ResultReader> results, DeliveredFiles files, Clock clock) {
        this.ledger = ledger;
        this.quotaKeys = quotaKeys;
        this.results = results;
        this.files = files;
        this.clock = clock;
    }

    RequestDetail detail(Timeline timeline) {
        RequestRecord request = timeline.request();
        Optional<Result> kept = kept(request);
        return new RequestDetail(LedgerPageData.row(request), request.endedAt(), request.attempts(), waitsFor(request),
                request.error() == null ? null : request.error().stage().name(), request.error() == null ? null : request.error().text(),
                facts(request),
                timeline.deliveries().stream().map(delivery -> new Delivered(delivery.sink(), delivery.reference(), delivery.deliveredAt(),
                        files.find(delivery).isPresent())).toList(),
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
        add(facts, "script", LedgerPageData.script(request));
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
}
