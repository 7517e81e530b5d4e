package io.liveresponse.worker;

import io.liveresponse.ledger.Pruned;
import io.liveresponse.ledger.RequestArchive;
import io.liveresponse.ledger.RetentionPolicy;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what {@code live-response.retention.*} no longer keeps. What was delivered, to a file or elsewhere, is nobody's here
 * to remove. Thread-safe.
 */
public final class Retention {

    private static final String PREFIX = "live-response.retention.";
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RequestArchive archive;
    private final RetentionPolicy policy;
    private final Path spool;

    Retention(RequestArchive archive, Settings settings) {
        this.archive = archive;
        this.spool = settings.path("live-response.data-directory").resolve("spool").toAbsolutePath().normalize();
        Duration memory = settings.flag("live-response.intake.discovery.enabled")
                ? settings.duration("live-response.intake.discovery.lookback")
                : Duration.ZERO;
        this.policy = new RetentionPolicy(duration(settings, "bytes", Duration.ZERO),
                duration(settings, "delivered", memory), duration(settings, "dead", memory));
    }

    /** Also the link calls that no window holds any more. Safe to cut off, and for several nodes at once. */
    public void prune() {
        Pruned pruned = archive.prune(policy, this::delete);
        LOG.debug("removed the bytes of {} and the rows of {} requests, and {} link calls", pruned.bytes(), pruned.requests(),
                pruned.linkCalls());
    }

    /** Whatever a row says, nothing outside of the spool is deleted. */
    private void delete(String spoolPath) {
        Path path = Path.of(spoolPath).toAbsolutePath().normalize();
        if (!path.startsWith(spool)) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the spool does not let go of " + path, e);
        }
    }

    /** @param least discovery knows from the rows what it has seen, so it needs them as long as it looks back */
    private static Duration duration(Settings settings, String name, Duration least) {
        return settings.find(PREFIX + name).map(given -> settings.duration(PREFIX + name))
                .map(age -> age.compareTo(least) < 0 ? least : age).orElse(null);
    }
}
