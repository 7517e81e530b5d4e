package io.liveresponse.simulator.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A ticket that the ticket system has stored.
 *
 * @param id             e.g. {@code T-1}
 * @param idempotencyKey the {@code Idempotency-Key} header, or null
 * @param body           what was posted
 * @param opened         when, by the simulator's clock
 */
public record Ticket(String id, String idempotencyKey, JsonNode body, Instant opened) {
}
