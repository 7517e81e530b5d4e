package io.liveresponse.ledger;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * For whom a claim is, and what it may take.
 *
 * @param owner     one run of one process
 * @param lease     how long the owner may work before the requests are given to another
 * @param quotaKeys a tenant's id at the API, by its name; null for a tenant that is not to be claimed for
 * @param actions   for which tenants whole actions are wanted too
 */
record ClaimTerms(String owner, Duration lease, Function<String, String> quotaKeys, Predicate<String> actions) {
}
