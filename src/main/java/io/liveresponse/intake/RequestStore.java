package io.liveresponse.intake;

import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.util.List;
import java.util.Optional;

/** Where {@code intake-http} records requests and looks them up: the ledger. Thread-safe. */
public interface RequestStore {

    /**
     * Records requests; returns once all are committed. Safe to repeat: a request already known stays as it is.
     *
     * @return the state of each, in the same order, as the ledger labels it
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    List<String> accept(List<Request> requests) throws LiveResponseException;

    /**
     * What is told of a request, to be marshalled to JSON.
     *
     * @return empty if there is no such request
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    Optional<?> status(ResultKey key) throws LiveResponseException;
}
