package io.liveresponse.rows;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a script prints its records; rule files use the names in lower case with hyphens. */
enum RowFormat {
    /** One object, or an array of objects. */
    JSON,
    /** One object a line. */
    JSON_LINES,
    /** RFC 4180 with a header. */
    CSV,
    /** A {@code name : value} a line, records separated by blank lines; also PowerShell's Format-List. */
    KEY_VALUE,
    /** One record a line, its fields the named groups of a pattern. */
    REGEX,
    /** PowerShell's Format-Table. */
    TABLE;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<RowFormat> of(String text) {
        return Stream.of(values()).filter(format -> format.text().equals(text)).findFirst();
    }
}
