package io.liveresponse.rows;

/**
 * A record that did not become a row.
 *
 * @param line    where it begins in the script's output, from 1
 * @param code    never null
 * @param reason  one sentence; holds names of the rule, nothing of what the script printed
 * @param excerpt the record's beginning, made one visible line of at most 200 characters; remote text
 */
public record Reject(RowOrigin origin, long rowNumber, long line, RejectCode code, String reason, String excerpt) implements RowItem {
}
