package io.liveresponse.worker;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.ledger.Settlement;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;

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
    public boolean isMissing(ResultKey key, String sink) throws LiveResponseException {
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
}
