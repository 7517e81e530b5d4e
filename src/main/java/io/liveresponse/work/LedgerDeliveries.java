package io.liveresponse.work;

import io.liveresponse.deliver.Deliveries;
import io.liveresponse.ledger.Settlement;
import io.liveresponse.result.ResultKey;

/** The deliveries of all nodes, so that after a crash only what is missing is delivered. Thread-safe. */
public final class LedgerDeliveries implements Deliveries {

    private final Settlement settlement;

    public LedgerDeliveries(Settlement settlement) {
        this.settlement = settlement;
    }

    @Override
    public boolean isMissing(ResultKey key, String sink) {
        return !settlement.deliveredSinks(key).contains(sink);
    }

    @Override
    public void delivered(ResultKey key, String sink, String reference) {
        if (reference != null) {
            settlement.delivered(key, sink, reference);
        }
    }
}
