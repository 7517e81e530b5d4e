package io.liveresponse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundle's route files, each named as its route; the one place that tests ask where a route is. */
public final class BundleRoutes {

    public static final Path DIRECTORY = Path.of("routes");
    private static final String YAML = ".camel.yaml";

    private BundleRoutes() {
    }

    /** Every route file, in the order of their paths. */
    public static List<Path> files() {
        return filesIn(DIRECTORY);
    }

    /** Every route file below a directory, in the order of their paths. */
    public static List<Path> filesIn(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(YAML)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of a route, below {@code routes/}. */
    public static Path file(String route) {
        return fileIn(DIRECTORY, route);
    }

    /** The file of a route, below a copy of {@code routes/}. */
    public static Path fileIn(Path directory, String route) {
        return filesIn(directory).stream().filter(file -> idOf(file).equals(route)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no route file for " + route));
    }

    /** Where the class path has a route, as Camel's resource loader wants it. */
    public static String location(String route) {
        return "classpath:camel/" + file(route).getFileName();
    }

    /** Likewise, of many. */
    public static List<String> locations(List<String> routes) {
        return routes.stream().map(BundleRoutes::location).toList();
    }

    public static String idOf(Path file) {
        return file.getFileName().toString().replace(YAML, "");
    }

    /** Copies all of {@code routes/}; returns the copy. */
    public static Path copyTo(Path target) throws IOException {
        for (Path file : files()) {
            Path copy = target.resolve(DIRECTORY.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        return target;
    }
}
