package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.Settlement;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import java.util.Optional;

/** The deliveries of all nodes, so that after a crash only what is missing is delivered. Thread-safe. */
final class LedgerDeliveries implements Deliveries {

    private final Settlement settlement;
    private final LedgerGuard contact;
    private final Peers peers;

    LedgerDeliveries(Settlement settlement, LedgerGuard contact, Peers peers) {
        this.settlement = settlement;
        this.contact = contact;
        this.peers = peers;
    }

    @Override
    public boolean begin(ResultKey key, String sink) throws LiveResponseException {
        return !contact.ask(() -> settlement.deliveredSinks(key)).contains(sink);
    }

    @Override
    public void delivered(ResultKey key, String sink, String reference) throws LiveResponseException {
        if (reference != null) {
            contact.ask(() -> {
                settlement.delivered(key, sink, reference);
                return true;
            });
            peers.served(Peers.sink(sink));
        }
    }

    @Override
    public void notSent(ResultKey key, String sink) {
        // The ledger marks no attempts, so none has to be ended.
    }

    @Override
    public Optional<String> reference(ResultKey key, String sink) throws LiveResponseException {
        return contact.ask(() -> settlement.deliveries(key)).stream()
                .filter(delivery -> delivery.sink().equals(sink)).map(Delivery::reference).findFirst();
    }
}
