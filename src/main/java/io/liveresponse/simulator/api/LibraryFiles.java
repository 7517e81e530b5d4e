package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** The live response libraries of all tenants. Thread-safe; may be changed while requests run. */
public final class LibraryFiles {

    private record Entry(ScenarioLibraryFile file, String sha256, String createdBy, Instant created, Instant updated) {

        ObjectNode json() {
            return JsonNodeFactory.instance.objectNode()
                    .put("fileName", file.fileName())
                    .put("sha256", sha256)
                    .put("description", file.description())
                    .put("creationTime", ActionJson.time(created))
                    .put("lastUpdatedTime", ActionJson.time(updated))
                    .put("createdBy", createdBy)
                    .put("hasParameters", file.parametersDescription() != null)
                    .put("parametersDescription", file.parametersDescription());
        }
    }

    private final Clock clock;
    private final Map<String, Map<String, Entry>> byTenant = new TreeMap<>();

    public LibraryFiles(Clock clock) {
        this.clock = clock;
    }

    /** Adds a file, or puts it in place of the one with its name, as someone in the portal would. */
    public void put(ScenarioLibraryFile file) {
        store(file, file.bytes(), "admin");
    }

    /** The sha256 that the listing shows, in lower case; empty if there is no such file. */
    public synchronized Optional<String> sha256(String tenant, String fileName) {
        return entry(tenant, fileName).map(Entry::sha256);
    }

    synchronized Optional<ScenarioLibraryFile> find(String tenant, String fileName) {
        return entry(tenant, fileName).map(Entry::file);
    }

    synchronized List<ObjectNode> list(String tenant) {
        return byTenant.getOrDefault(tenant, Map.of()).values().stream().map(Entry::json).toList();
    }

    /** @return the file as the API shows it */
    synchronized ObjectNode store(ScenarioLibraryFile file, byte[] content, String by) {
        Map<String, Entry> files = byTenant.computeIfAbsent(file.tenant(), name -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        Entry old = files.get(file.fileName());
        Instant now = clock.instant();
        Entry entry = new Entry(behavingAs(old, file), DigestUtils.sha256Hex(content), by, old == null ? now : old.created(), now);
        files.put(file.fileName(), entry);
        return entry.json();
    }

    /** What an uploaded script does cannot be told from its text: it does what the one before it did. */
    private static ScenarioLibraryFile behavingAs(Entry old, ScenarioLibraryFile file) {
        boolean scripted = old == null || !file.output().isEmpty() || !file.errors().isEmpty() || file.exitCode() != 0;
        return scripted
                ? file
                : new ScenarioLibraryFile(file.tenant(), file.fileName(), file.content(), file.description(),
                        file.parametersDescription(), old.file().exitCode(), old.file().output(), old.file().errors(),
                        old.file().runTime());
    }

    /** @return false if there is no such file */
    synchronized boolean delete(String tenant, String fileName) {
        return byTenant.getOrDefault(tenant, new TreeMap<>()).remove(fileName) != null;
    }

    private Optional<Entry> entry(String tenant, String fileName) {
        return Optional.ofNullable(byTenant.getOrDefault(tenant, Map.of()).get(fileName));
    }
}
