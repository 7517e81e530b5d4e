package io.liveresponse.work;

import io.liveresponse.failure.FailureCode;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.LinkPermit;
import io.liveresponse.ledger.LinkQuota;
import io.liveresponse.result.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The link calls of all threads, nodes and earlier runs, as the ledger counts them. Thread-safe. */
public final class LedgerQuota implements QuotaGate {

    private final LinkQuota quota;
    private final Clock clock;

    /** @param clock the ledger's */
    public LedgerQuota(LinkQuota quota, Clock clock) {
        this.quota = quota;
        this.clock = clock;
    }

    @Override
    public void beforeCall(ResultKey key) throws LiveResponseException {
        LinkPermit permit = quota.take(key);
        if (!permit.granted()) {
            Duration wait = Duration.between(clock.instant(), permit.roomAt());
            throw new LiveResponseException(FailureCode.LINK_QUOTA_EXCEEDED,
                    "tenant " + key.tenant() + " has no room for a link call until " + permit.roomAt(), null,
                    wait.isNegative() ? Duration.ZERO : wait);
        }
    }

    @Override
    public void pause(String tenant, Duration pause) {
        Instant until = clock.instant().plus(pause);
        quota.pause(tenant, until, "the API answered 429 and asked for " + pause.toSeconds() + " s");
    }
}
