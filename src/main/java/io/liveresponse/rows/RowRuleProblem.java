package io.liveresponse.rows;

/**
 * One mistake in a rule file.
 *
 * @param file    as the user named it
 * @param line    from 1
 * @param message what is wrong and how to fix it
 */
public record RowRuleProblem(String file, int line, Code code, String message) {

    /** The kind of mistake; the names are stable. */
    public enum Code {
        /** The file is not a YAML mapping, or cannot be read. */
        ROW_RULE_SYNTAX,
        /** A key that rules do not have, or that this format does not take. */
        ROW_RULE_UNKNOWN_KEY,
        /** Something that the rule needs is missing. */
        ROW_RULE_MISSING_KEY,
        /** A value without the form that its key wants. */
        ROW_RULE_WRONG_VALUE,
        /** A column that is there twice, or has the name of one that every row has. */
        ROW_RULE_COLUMN_NAME,
        /** Two rules for the same table, or for the same script. */
        ROW_RULE_DUPLICATE
    }

    /** {@code file:line: CODE what — how to fix}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + code + " " + message;
    }
}
