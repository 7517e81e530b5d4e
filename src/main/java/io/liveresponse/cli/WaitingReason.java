package io.liveresponse.cli;

import io.liveresponse.ledger.Event;
import io.liveresponse.ledger.EventKind;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.ledger.TenantStatus;
import io.liveresponse.ledger.Timeline;
import java.time.Instant;
import java.util.List;

/** Says what a due request waits for: a pause of its tenant, its next attempt, room in the quota, or a free worker. */
final class WaitingReason {

    private WaitingReason() {
    }

    /**
     * @param tenants the status of all configured tenants
     * @return one sentence without control characters; null if the request is not due
     */
    static String of(Timeline timeline, List<TenantStatus> tenants, Instant now) {
        RequestRecord request = timeline.request();
        if (request.state() != RequestState.DUE) {
            return null;
        }
        TenantStatus tenant = tenants.stream().filter(each -> each.tenant().equals(request.key().tenant())).findFirst().orElse(null);
        boolean needsLink = request.fetched() == null && !request.key().wholeAction() && tenant != null;
        if (needsLink && tenant.pause() != null) {
            TenantPause pause = tenant.pause();
            return "the end of the pause of " + pause.tenant() + " at " + TerminalText.second(pause.until()) + ": "
                    + TerminalText.line(pause.reason());
        }
        if (request.nextAttemptAt().isAfter(now)) {
            return "the next attempt at " + TerminalText.second(request.nextAttemptAt()) + why(timeline.events());
        }
        if (needsLink && tenant.use().roomAt() != null) {
            QuotaUse use = tenant.use();
            return "quota until " + TerminalText.second(use.roomAt()) + ": " + use.inMinute() + " of " + use.quota().perMinute()
                    + " link calls in the last minute, " + use.inHour() + " of " + use.quota().perHour() + " in the last hour";
        }
        return "a free worker";
    }

    private static String why(List<Event> events) {
        return events.stream().filter(event -> event.kind() == EventKind.RETRY || event.kind() == EventKind.POSTPONED)
                .reduce((earlier, later) -> later).map(Event::detail).map(detail -> ": " + TerminalText.line(detail)).orElse("");
    }
}
