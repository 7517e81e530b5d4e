package io.liveresponse.worker;

import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.LinkPermit;
import io.liveresponse.ledger.LinkQuota;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;

/** The link calls of all threads, nodes and earlier runs, as the ledger counts them. Thread-safe. */
final class LedgerQuota implements QuotaGate {

    private final LinkQuota quota;
    private final LedgerGuard contact;
    private final Clock clock;

    /** @param clock the ledger's */
    LedgerQuota(LinkQuota quota, LedgerGuard contact, Clock clock) {
        this.quota = quota;
        this.contact = contact;
        this.clock = clock;
    }

    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        LinkPermit permit = contact.ask(() -> quota.take(key));
        if (!permit.granted()) {
            Duration wait = Duration.between(contact.ask(clock::instant), permit.roomAt());
            throw new LiveResponseException(FailureCode.LINK_QUOTA_EXCEEDED,
                    "tenant " + key.tenant() + " has no room for a link call until " + permit.roomAt(), null,
                    wait.isNegative() ? Duration.ZERO : wait);
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
