package io.liveresponse.rows;

/** A row sink did not take a batch. Its message holds no login and may be logged. */
public final class RowSinkException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RowBatch refused;

    private RowSinkException(String message, RowBatch refused) {
        super(message);
        this.refused = refused;
    }

    /** The batch may be sent again as it is: the sink is busy or out of reach, or a setting is wrong. */
    static RowSinkException passing(String message) {
        return new RowSinkException(message, null);
    }

    /** The sink refuses the batch for what it holds. */
    static RowSinkException refused(String message, RowBatch batch) {
        return new RowSinkException(message, batch);
    }

    /** The batch that the sink refuses for what it holds, or null if it may be sent again as it is. */
    RowBatch batch() {
        return refused;
    }
}
