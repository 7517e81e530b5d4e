package io.liveresponse.deliver;

import io.liveresponse.model.ResultKey;

/** The memory of a host without a ledger: every result that is routed is delivered. */
public final class NoDeliveries implements Deliveries {

    @Override
    public boolean isMissing(ResultKey key, String sink) {
        return true;
    }

    @Override
    public void delivered(ResultKey key, String sink, String reference) {
        // Nothing is remembered.
    }
}
