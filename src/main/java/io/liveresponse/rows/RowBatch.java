package io.liveresponse.rows;

import java.util.List;

/**
 * Rows for one call to a sink. Immutable.
 *
 * @param feed the sink's name
 * @param rows at least one, in the order of the tables
 * @param from the position of the feed before them
 * @param to   its position once the sink has them
 */
public record RowBatch(String feed, List<RowLine> rows, FeedPosition from, FeedPosition to) {

    /**
     * The position of a feed.
     *
     * @param log    the feed log's name; empty before the first
     * @param offset the byte in it at which the entry in progress begins
     * @param done   how many bytes of that entry's rows the sink has
     */
    public record FeedPosition(String log, long offset, long done) {
        static final FeedPosition START = new FeedPosition("", 0, 0);
    }

    /** The rows' JSON, one a line, each with a line feed. */
    public String jsonLines() {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row.json()).append('\n'));
        return text.toString();
    }

    /** The rows' JSON as one array. */
    public String jsonArray() {
        return "[" + String.join(",", rows.stream().map(RowLine::json).toList()) + "]";
    }
}
