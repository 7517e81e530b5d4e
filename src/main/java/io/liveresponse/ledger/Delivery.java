package io.liveresponse.ledger;

import java.time.Instant;

/**
 * One sink's share in a result.
 *
 * @param sink        the sink's name; not null
 * @param reference   the sink's own word for it (path, ticket number, message id), or null
 * @param deliveredAt when the sink had it; null where a replay asks for this sink again, which must then use the
 *                    reference rather than open anything a second time
 */
public record Delivery(String sink, String reference, Instant deliveredAt) {
}
