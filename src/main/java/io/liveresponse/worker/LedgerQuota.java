package io.liveresponse.worker;

import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.CallQuota;
import io.liveresponse.ledger.QuotaDecision;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The calls of one kind of all threads, nodes and earlier runs, as the ledger counts them. Thread-safe. */
final class LedgerQuota implements QuotaGate {

    private final CallKind kind;
    private final FailureCode refusal;
    private final CallQuota quota;
    private final Map<String, String> quotaKeys;
    private final LedgerGuard contact;
    private final Clock clock;

    /**
     * @param quotaKeys the id of each tenant of the settings, by its name
     * @param clock     the ledger's
     */
    LedgerQuota(CallKind kind, FailureCode refusal, CallQuota quota, Map<String, String> quotaKeys, LedgerGuard contact, Clock clock) {
        this.kind = kind;
        this.refusal = refusal;
        this.quota = quota;
        this.quotaKeys = quotaKeys;
        this.contact = contact;
        this.clock = clock;
    }

    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        QuotaDecision permit = contact.ask(() -> quota.take(kind, quotaKeys.getOrDefault(key.tenant(), key.tenant()), key));
        if (!permit.granted()) {
            throw new LiveResponseException(refusal,
                    "tenant " + key.tenant() + " has no room for a call until " + permit.roomAt() + "; " + key + " waits",
                    null, permit.waitTime());
        }
    }

    @Override
    public void pause(String tenant, Duration pause) throws LiveResponseException {
        contact.ask(() -> {
            quota.pause(tenant, clock.instant().plus(pause), "the API answered 429 and asked for " + pause.toSeconds() + " s");
            return true;
        });
    }
}
