package io.liveresponse.deliver;

import io.liveresponse.model.ResultKey;
import java.util.Optional;

/** The deliveries of a host without a ledger: nothing is remembered, so every result is sent. Thread-safe. */
public final class NoDeliveries implements Deliveries {

    @Override
    public boolean begin(ResultKey key, String sink, Object lease) {
        return true;
    }

    @Override
    public void delivered(ResultKey key, String sink, String reference) {
        // Nothing is remembered.
    }

    @Override
    public void notSent(ResultKey key, String sink) {
        // Nothing is remembered.
    }

    @Override
    public Optional<String> reference(ResultKey key, String sink) {
        return Optional.empty();
    }
}
