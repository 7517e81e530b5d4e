package io.liveresponse.ledger;

import java.util.List;

/**
 * Everything the ledger knows of one request.
 *
 * @param request    as it stands now
 * @param deliveries one per sink, by the sink's name
 * @param events     oldest first
 */
public record Timeline(RequestRecord request, List<Delivery> deliveries, List<Event> events) {
}
