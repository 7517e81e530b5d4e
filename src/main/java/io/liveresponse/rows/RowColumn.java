package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.format.DateTimeFormatter;

/**
 * One column of a row rule.
 *
 * @param name     the column's name in tables and at the sinks
 * @param type     never null
 * @param required if true, a record without a value is a reject
 * @param from     the name of the field in the script's output; of JSON also a JSON pointer; never null
 * @param pointer  {@code from} as a JSON pointer, or null if it is a plain name
 * @param pattern  how a time is written, or null for the default forms; without an offset it is read as UTC
 */
record RowColumn(String name, ColumnType type, boolean required, String from, JsonPointer pointer, DateTimeFormatter pattern) {
}
