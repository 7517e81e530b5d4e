package io.liveresponse.cli;

import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.CallQuota;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.TenantPause;
import java.util.Optional;

/** What the ledger knows of a tenant's quota. Nothing is written to it. */
final class QuotaCheck {

    private QuotaCheck() {
    }

    static Finding check(String tenant, String quotaKey, CallQuota ledger, Quota quota) {
        Optional<TenantPause> pause = ledger.pauses().stream().filter(one -> one.tenant().equals(tenant)).findFirst();
        return pause.map(one -> Finding.wrong("quota", tenant, "paused until " + one.until() + ": " + one.reason()
                + "; goes on by itself, and lower live-response.quota.per-minute if it comes again",
                "live-response.quota.per-minute"))
                .orElseGet(() -> Finding.ok("quota", tenant, "room for " + ledger.room(CallKind.LINK, quotaKey) + " link calls now, of "
                        + quota.perMinute() + " a minute and " + quota.perHour() + " an hour"));
    }
}
