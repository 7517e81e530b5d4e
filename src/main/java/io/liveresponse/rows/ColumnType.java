package io.liveresponse.rows;

/** The type of a column; rule files use the names in lower case. */
enum ColumnType {
    /** Text. Of JSON, any scalar. */
    STRING,
    /** A whole number of 64 bits, signed. */
    INTEGER,
    /** A decimal number of at most 100 digits. */
    DECIMAL,
    /** {@code true} or {@code false} in any case. */
    BOOLEAN,
    /** An instant: ISO 8601 with offset, the {@code /Date(0)/} of Windows PowerShell, or the column's own pattern. */
    TIME,
    /** Any JSON value. */
    JSON
}
