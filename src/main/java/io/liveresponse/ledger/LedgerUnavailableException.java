package io.liveresponse.ledger;

/** The ledger's database cannot be used; the message says which and why, and holds no password. */
public final class LedgerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean away;

    /** @param message without secrets; there is no cause, since a driver's exception may hold more than a log should */
    public LedgerUnavailableException(String message) {
        this(message, false);
    }

    /** @param away whether no database answers there yet, so that waiting may help */
    LedgerUnavailableException(String message, boolean away) {
        super(message);
        this.away = away;
    }

    /** Whether no database answers at the address, or it starts or stops just now; false if it refuses, which waiting does not change. */
    public boolean isAway() {
        return away;
    }
}
