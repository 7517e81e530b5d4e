package io.liveresponse.rows;

/**
 * What became of one result; the rows and rejects of all results, and their devices without an answer, add up to the records.
 *
 * @param key      the result's key as text
 * @param table    the rule's table
 * @param rule     the rule's fingerprint
 * @param records  {@code rows + rejects + (noAnswer == null ? 0 : 1)}
 * @param rows     records that became rows
 * @param rejects  records that did not
 * @param noAnswer null if there was a record; else why not: an outcome's label, or {@code empty} for a script that printed none
 */
public record RowSummary(String key, String table, String rule, long records, long rows, long rejects, String noAnswer) {
}
