package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;
import java.time.Instant;
import java.util.Objects;

/**
 * What is known of a result once there is nothing left to fetch.
 *
 * @param outcome    what became of the command; not null
 * @param exitCode   the script's exit code, or null
 * @param scriptName the script as the device names it, or null where the transcript does not say
 * @param sha256     the bytes' digest in hex; null where the outcome was known without fetching any bytes
 * @param sizeBytes  how many bytes came, or null likewise
 * @param spoolPath  where the bytes are kept, or null where they are not (any more)
 * @param offeredFileName the name that the store offered for the bytes, or null; remote text
 * @param receivedAt when the last byte came, or null where none did
 * @param node       the node on whose disk the bytes are, or null if not known or there are none
 */
public record FetchedFacts(
        Outcome outcome, Integer exitCode, String scriptName, String sha256, Long sizeBytes, String spoolPath,
        String offeredFileName, Instant receivedAt, String node) {

    public FetchedFacts {
        Objects.requireNonNull(outcome, "outcome");
        scriptName = Text.clean(scriptName, 500);
        offeredFileName = Text.clean(offeredFileName, 1000);
    }

    /** As all, the node not known. */
    public FetchedFacts(Outcome outcome, Integer exitCode, String scriptName, String sha256, Long sizeBytes, String spoolPath,
            String offeredFileName, Instant receivedAt) {
        this(outcome, exitCode, scriptName, sha256, sizeBytes, spoolPath, offeredFileName, receivedAt, null);
    }
}
