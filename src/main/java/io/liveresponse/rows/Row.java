package io.liveresponse.rows;

import java.util.Map;

/**
 * One row.
 *
 * @param values   by column in the rule's order: String, Long, BigDecimal, Boolean, Instant, JsonNode or null
 * @param noAnswer null for a row of the script; else why the device gave none, and then every value is null
 */
public record Row(RowOrigin origin, long rowNumber, Map<String, Object> values, String noAnswer) implements RowItem {
}
