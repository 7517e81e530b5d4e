package io.liveresponse.validate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * The route files of a directory as they were at one moment, so that what was judged is what is loaded, and so that it can be
 * loaded again when the files have changed. Immutable.
 *
 * @param directory as the user named it
 * @param files     the content of each file, by its path below the directory
 */
record RouteFolder(Path directory, SortedMap<String, ByteBuffer> files) {

    private static final String YAML = ".yaml";
    private static final Set<String> KINDS = Set.of(YAML, ".xml");

    /** @throws IOException also if a file goes away while it is read */
    static RouteFolder read(Path directory) throws IOException {
        SortedMap<String, ByteBuffer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(RouteFolder::isRouteFile).toList()) {
                files.put(directory.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)).asReadOnlyBuffer());
            }
        }
        return new RouteFolder(directory, Collections.unmodifiableSortedMap(files));
    }

    /** Not what an editor keeps beside a file, nor a link that leads nowhere. */
    static boolean isRouteFile(Path file) {
        return isRouteFileName(file.getFileName().toString()) && Files.isRegularFile(file);
    }

    /** Also of one that is gone. */
    static boolean isRouteFileName(String name) {
        return !name.startsWith(".") && KINDS.stream().anyMatch(name::endsWith);
    }

    String shown(String file) {
        return directory + "/" + file;
    }

    /** Those that the validator reads. */
    List<RouteSource> sources() {
        return files.keySet().stream().filter(name -> name.endsWith(YAML))
                .map(name -> new RouteSource(shown(name), StandardCharsets.UTF_8.decode(files.get(name).duplicate()).toString())).toList();
    }

    /** What Camel loads, under the file's own name. */
    Resource resource(String file) {
        ByteBuffer content = files.get(file).duplicate();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return ResourceHelper.fromBytes("file:" + directory.toAbsolutePath().normalize().resolve(file), bytes);
    }

    boolean holdsTheSame(String file, RouteFolder other) {
        return files.get(file).equals(other.files.get(file));
    }
}
