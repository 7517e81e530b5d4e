package io.liveresponse.cli;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets {@code live-response/FILE} beside the settings win over the template of that name in the jar. A class loader does it and not a
 * directory on the class path, with which the JVM refuses its class data archive.
 */
final class ConfiguredTemplates extends ClassLoader {

    private static final String PREFIX = "live-response/";

    private final List<Path> directories;

    /** @param directories searched in this order; they need not exist */
    ConfiguredTemplates(List<Path> directories) {
        super(ConfiguredTemplates.class.getClassLoader());
        this.directories = List.copyOf(directories);
    }

    @Override
    public URL getResource(String name) {
        if (name.startsWith(PREFIX) && !name.contains("..")) {
            for (Path directory : directories) {
                Path file = directory.resolve(name);
                if (Files.isRegularFile(file)) {
                    return url(file);
                }
            }
        }
        return super.getResource(name);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(file + " has no URL", e);
        }
    }
}
