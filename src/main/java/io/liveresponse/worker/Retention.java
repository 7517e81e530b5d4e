package io.liveresponse.worker;

import io.liveresponse.ledger.Pruned;
import io.liveresponse.ledger.RequestArchive;
import io.liveresponse.ledger.RetentionPolicy;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what {@code live-response.retention.*} no longer keeps, and bytes that no request refers to any more: another node has pruned
 * the request, or has fetched its result too. Delivered files stay unless {@code results} is set. Thread-safe.
 */
public final class Retention {

    private static final String PREFIX = "live-response.retention.";
    /** Bytes are on the disk before the ledger refers to them. */
    private static final Duration LONGEST_UNRECORDED = Duration.ofHours(1);
    /** A result's file in the spool, see {@link io.liveresponse.fetch.Spool#pathOf}. */
    private static final Pattern BLOB = Pattern.compile("(.+)-\\d+\\.blob");
    private static final int CHUNK = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final RequestArchive archive;
    private final RetentionPolicy policy;
    private final Path spool;
    private final Settings settings;
    private final Clock clock;

    /** @param clock the machine's, by which files have their time */
    Retention(RequestArchive archive, Settings settings, Clock clock) {
        this.archive = archive;
        this.settings = settings;
        this.clock = clock;
        this.spool = settings.path("live-response.data-directory").resolve("spool").toAbsolutePath().normalize();
        Duration memory = settings.flag("live-response.intake.discovery.enabled")
                ? settings.duration("live-response.intake.discovery.lookback")
                : Duration.ZERO;
        this.policy = new RetentionPolicy(duration(settings, "bytes", Duration.ZERO),
                duration(settings, "delivered", memory), duration(settings, "dead", memory));
    }

    /**
     * Also the link calls that no window holds any more. Safe to cut off, and for several nodes at once.
     *
     * @throws IOException if a file cannot be removed
     */
    public void prune() throws IOException {
        Pruned pruned = archive.prune(policy, this::delete);
        Path inbox = settings.path("live-response.intake.inbox.directory");
        Path results = settings.path("live-response.deliver.file.directory");
        long accepted = removeFiles("accepted", inbox.resolve("../accepted").normalize(), file -> false);
        // the records of what was delivered are in the directory itself
        long delivered = removeFiles("results", results, file -> results.equals(file.getParent()));
        LOG.debug("removed the bytes of {} and the rows of {} requests, {} link calls, {} accepted files and {} delivered files",
                pruned.bytes(), pruned.requests(), pruned.linkCalls(), accepted, delivered);
        sweep();
    }

    private void sweep() {
        if (!Files.isDirectory(spool)) {
            return;
        }
        try (Stream<Path> tenants = Files.list(spool)) {
            for (Path tenant : tenants.filter(Files::isDirectory).toList()) {
                sweep(tenant);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spool in " + spool + " cannot be listed", e);
        }
    }

    private void sweep(Path tenant) throws IOException {
        FileTime latest = FileTime.from(clock.instant().minus(LONGEST_UNRECORDED));
        Map<Path, String> chunk = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(tenant, "*.blob")) {
            for (Path file : files) {
                Matcher name = BLOB.matcher(file.getFileName().toString());
                if (name.matches() && Files.getLastModifiedTime(file).compareTo(latest) < 0) {
                    chunk.put(file, name.group(1));
                }
                if (chunk.size() == CHUNK) {
                    sweep(tenant, chunk);
                    chunk.clear();
                }
            }
        }
        if (!chunk.isEmpty()) {
            sweep(tenant, chunk);
        }
    }

    private void sweep(Path tenant, Map<Path, String> actions) {
        Set<Path> kept = archive.spoolPaths(tenant.getFileName().toString(), Set.copyOf(actions.values())).stream()
                .map(path -> Path.of(path).toAbsolutePath().normalize()).collect(Collectors.toSet());
        actions.keySet().stream().filter(file -> !kept.contains(file)).map(Path::toString).forEach(this::delete);
    }

    private long removeFiles(String name, Path directory, Predicate<Path> kept) throws IOException {
        Duration age = duration(settings, name, Duration.ZERO);
        return age == null
                ? 0
                : ExpiredFiles.remove(directory, clock.instant().minus(age), kept);
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
            throw new UncheckedIOException("cannot delete " + path + " from the spool", e);
        }
    }

    /** @param least discovery knows from the rows what it has seen, so it needs them as long as it looks back */
    private static Duration duration(Settings settings, String name, Duration least) {
        return settings.find(PREFIX + name).map(given -> settings.duration(PREFIX + name))
                .map(age -> age.compareTo(least) < 0 ? least : age).orElse(null);
    }
}
