package io.liveresponse.rows;

/** Why a record did not become a row. The names are stable; the sentences contain nothing of what the script printed. */
public enum RejectCode {
    /** A line has more characters than a record may have. */
    LINE_TOO_LONG("The line is longer than a record may be."),
    /** A record has more characters than allowed. */
    RECORD_TOO_LARGE("The record is larger than a record may be."),
    /** The JSON is broken; of one document, what follows cannot be read. */
    JSON_MALFORMED("This is not JSON."),
    /** The JSON is nested too deeply, or a text or number in it is too long. */
    JSON_TOO_COMPLEX("The JSON is nested too deeply, or holds a text or number that is too long."),
    /** A JSON value that is not an object. */
    JSON_NOT_AN_OBJECT("The record is not a JSON object."),
    /** One name twice in a record: nothing says which of the values is meant. */
    NAME_DUPLICATE("The record has the same name twice."),
    /** Something follows the JSON document. */
    TEXT_AFTER_JSON("Something follows the JSON."),
    /** The quotes of a CSV record are wrong. */
    CSV_MALFORMED("This is not a CSV record."),
    /** A CSV record with more or fewer fields than the header. */
    CSV_FIELD_COUNT("The record has more or fewer fields than the header."),
    /** A header names a column twice that the rule uses. */
    HEADER_DUPLICATE("The header has a name of the rule twice."),
    /** Values come before any header. */
    HEADER_MISSING("There is no header before this line."),
    /** A line without separator. */
    SEPARATOR_MISSING("The line has no separator."),
    /** A line that the rule's pattern does not match. */
    PATTERN_NOT_MATCHED("The line does not match the rule's pattern."),
    /** The columns of a table cannot be told apart on this line. */
    COLUMNS_NOT_ALIGNED("The columns of this line cannot be told apart."),
    /** PowerShell cut a value for want of room. */
    VALUE_CUT("The script's console cut a value; print the table with Out-String -Width 4096."),
    /** A required column has no value. */
    VALUE_MISSING("A required column has no value."),
    /** A value is not of its column's type. */
    VALUE_MALFORMED("A value does not have its column's type."),
    /** The rule's start line never came. */
    START_MISSING("No line matches the rule's start."),
    /** The transcript itself breaks off. */
    OUTPUT_UNREADABLE("The script's output cannot be read to its end.");

    private final String sentence;

    RejectCode(String sentence) {
        this.sentence = sentence;
    }

    /** One sentence in English. */
    public String sentence() {
        return sentence;
    }
}
