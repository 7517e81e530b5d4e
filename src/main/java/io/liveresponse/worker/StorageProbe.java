package io.liveresponse.worker;

import io.liveresponse.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the directories of the settings can be written and have space. Logs once when not and once when again. Thread-safe. */
final class StorageProbe {

    private static final Logger LOG = LoggerFactory.getLogger(StorageProbe.class);

    /** By the settings that name them. */
    private final Map<String, Path> directories = new LinkedHashMap<>();
    private final long minFree;
    private final AtomicReference<String> known = new AtomicReference<>();

    StorageProbe(Settings settings) {
        for (String key : List.of("live-response.data-directory", "live-response.deliver.file.directory")) {
            directories.put(key, settings.path(key).toAbsolutePath());
        }
        this.minFree = settings.bytes("live-response.retention.min-free");
    }

    /** What is wrong, with the setting that names the directory; empty where all is well. Looks each time. */
    Optional<String> fault() {
        String fault = directories.entrySet().stream().flatMap(each -> fault(each.getKey(), each.getValue(), minFree).stream()).findFirst()
                .orElse(null);
        String before = known.getAndSet(fault);
        if (fault != null && before == null) {
            LOG.warn("{}; claiming is suspended until this is fixed", fault);
        } else if (fault == null && before != null) {
            LOG.info("The directories can be written again; claiming resumes");
        }
        return Optional.ofNullable(fault);
    }

    private static Optional<String> fault(String key, Path wanted, long minFree) {
        Path directory = existing(wanted);
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            return Optional.of(directory + " (" + key + ") cannot be written");
        }
        long free = directory.toFile().getUsableSpace();
        return free < minFree
                ? Optional.of(directory + " (" + key + ") is full: " + free + " bytes are free, " + minFree
                        + " stay free (live-response.retention.min-free)")
                : Optional.empty();
    }

    /** Directories are made when they are first written to. */
    private static Path existing(Path path) {
        Path found = path;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
