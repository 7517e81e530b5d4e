package io.liveresponse.ledger;

import java.time.Instant;

/** A tenant that makes no link call before {@code until}, and why. */
public record TenantPause(String tenant, Instant until, String reason) {
}
