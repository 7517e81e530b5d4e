package io.liveresponse.work;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.failure.LiveResponseException;
import io.liveresponse.ledger.Settlement;
import io.liveresponse.result.ResultKey;

/** The deliveries of all nodes, so that after a crash only what is missing is delivered. Thread-safe. */
final class LedgerDeliveries implements Deliveries {

    private final Settlement settlement;
    private final LedgerContact contact;

    LedgerDeliveries(Settlement settlement, LedgerContact contact) {
        this.settlement = settlement;
        this.contact = contact;
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
        }
    }
}
