package io.liveresponse.rows;

import java.util.Map;

/** One record of a script's output: a row, or a reject. */
public sealed interface RowItem permits Row, Reject {

    RowOrigin origin();

    /** The record's place in the output, from 1, rows and rejects counted alike; 0 for the row of a device without an answer. */
    long rowNumber();

    /** Every column in its order, also those without a value. */
    default Map<String, Object> fields() {
        return RowText.fields(this);
    }

    /** sha256 of the result's key and the row number, 64 lower-case hex digits. */
    default String rowId() {
        return origin().rowId(rowNumber());
    }
}
