package io.liveresponse.model;

/** The hop of the chain at which a failure happened. The names are public: they are in results, metrics and the ledger. */
public enum Stage {
    REQUEST, TOKEN, RUN, ACTION, LINK, BLOB, TRANSCRIPT, ROUTE, DELIVER, LEDGER
}
