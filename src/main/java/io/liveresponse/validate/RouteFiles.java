package io.liveresponse.validate;

import io.liveresponse.camel.BundledRoutes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the route files to be looked at. */
public final class RouteFiles {

    /** What the names of the jar's own files start with, before a slash. */
    public static final String IN_JAR = "classpath:camel";

    private static final String SHIPPED = "camel";

    private RouteFiles() {
    }

    /**
     * Every {@code .yaml} file below the directory, by path.
     *
     * @throws IOException if the directory or a file cannot be read
     */
    public static List<RouteSource> in(Path directory) throws IOException {
        return read(directory, directory.toString());
    }

    /**
     * The routes that the jar brings.
     *
     * @throws IOException if a file cannot be read
     */
    public static List<RouteSource> inJar() throws IOException {
        Path home = home();
        if (Files.isDirectory(home)) {
            return read(home.resolve(SHIPPED), IN_JAR);
        }
        try (FileSystem jar = FileSystems.newFileSystem(home)) {
            return read(jar.getPath(SHIPPED), IN_JAR);
        }
    }

    /** The jar that holds the routes, or the directory of classes. */
    private static Path home() {
        try {
            return Path.of(BundledRoutes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar's own place is no path", e);
        }
    }

    private static List<RouteSource> read(Path directory, String shownAs) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(".yaml")).sorted().toList();
        }
        List<RouteSource> sources = new ArrayList<>();
        for (Path file : files) {
            // a wrong byte becomes a character that YAML refuses or a check points at, instead of ending the whole run
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            sources.add(new RouteSource(shownAs + "/" + directory.relativize(file), text));
        }
        return sources;
    }
}
