package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.DeliveryAttempt;
import io.liveresponse.ledger.LeaseLostException;
import io.liveresponse.ledger.Settlement;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The deliveries of all nodes, so that after a crash only what is missing is delivered, and no two runs call a ticket system for one
 * result at the same time. Thread-safe.
 */
final class LedgerDeliveries implements Deliveries {

    /** The one sink that is looked up before it creates: an earlier run's call must have arrived, or be over, before the lookup. */
    private static final String LOOKED_UP = "ticket";

    private final Settlement settlement;
    private final LedgerGuard contact;
    private final Peers peers;
    private final String owner;
    private final Duration staleAfter;
    private final Clock clock;

    /**
     * @param owner      who holds the leases
     * @param staleAfter the time-out of a ticket system's call plus the lag of its search
     * @param clock      the ledger's; asked inside of {@code contact} only
     */
    LedgerDeliveries(Settlement settlement, LedgerGuard contact, Peers peers, String owner, Duration staleAfter, Clock clock) {
        this.settlement = settlement;
        this.contact = contact;
        this.peers = peers;
        this.owner = owner;
        this.staleAfter = staleAfter;
        this.clock = clock;
    }

    @Override
    public boolean begin(ResultKey key, String sink, Object lease) throws LiveResponseException {
        if (lease == null) {
            return !contact.ask(() -> settlement.deliveredSinks(key)).contains(sink);
        }
        try {
            DeliveryAttempt attempt = contact.ask(() -> settlement.begin(key, sink, owner, Worker.LEASE,
                    sink.equals(LOOKED_UP) ? staleAfter : Duration.ZERO));
            if (attempt.decision() == DeliveryAttempt.Decision.WAIT) {
                throw new LiveResponseException(FailureCode.DELIVERY_IN_DOUBT, "an earlier run called the sink " + sink + " for " + key
                        + "; whether it took the result can be looked up from " + attempt.waitUntil(), null,
                        Duration.between(contact.ask(clock::instant), attempt.waitUntil()));
            }
            return attempt.decision() == DeliveryAttempt.Decision.BEGIN;
        } catch (LeaseLostException e) {
            throw new LiveResponseException(FailureCode.LEDGER_LEASE_LOST,
                    "another run works on " + key
                            + " by now: this one was suspended, or did not reach the ledger, for longer than its lease");
        }
    }

    @Override
    public void delivered(ResultKey key, String sink, String reference) throws LiveResponseException {
        if (reference != null) {
            contact.tell(() -> {
                settlement.delivered(key, sink, reference);
                return true;
            });
            peers.served(Peers.sink(sink));
        }
    }

    @Override
    public void notSent(ResultKey key, String sink) throws LiveResponseException {
        contact.tell(() -> {
            settlement.notSent(key, sink, owner);
            return true;
        });
    }

    @Override
    public Optional<String> reference(ResultKey key, String sink) throws LiveResponseException {
        return contact.ask(() -> settlement.deliveries(key)).stream()
                .filter(delivery -> delivery.sink().equals(sink)).map(Delivery::reference).findFirst();
    }
}
