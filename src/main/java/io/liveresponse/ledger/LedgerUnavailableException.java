package io.liveresponse.ledger;

/** The ledger's database cannot be used; the message says which and why, and holds no password. */
public final class LedgerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message without secrets; there is no cause, since a driver's exception may hold more than a log should */
    public LedgerUnavailableException(String message) {
        super(message);
    }
}
