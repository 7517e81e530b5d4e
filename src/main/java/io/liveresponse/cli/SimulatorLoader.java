package io.liveresponse.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs the command line again with the simulator's jars, which the service never has on its class path. They are in {@code lib/simulator}
 * beside the runtime's jar; an installation without that directory has no {@code demo} and no {@code simulator}.
 */
final class SimulatorLoader {

    /** Those that need it, and those that list all commands. */
    private static final Set<String> COMMANDS = Set.of("demo", "simulator", "-h", "--help");

    static final String DIRECTORY = "lib/simulator";

    private final URLClassLoader loader;

    private SimulatorLoader(URLClassLoader loader) {
        this.loader = loader;
    }

    static boolean isNeeded(String command) {
        return COMMANDS.contains(command) && !isLoaded();
    }

    /** Whether the simulator is on this class's own class path. */
    static boolean isLoaded() {
        return SimulatorLoader.class.getClassLoader().getResource("io/liveresponse/simulator/Simulator.class") != null;
    }

    /** Empty if the directory has no {@code lib/simulator}. */
    static Optional<SimulatorLoader> in(Path home) {
        Path directory = home.resolve(DIRECTORY);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> jars = Files.list(directory)) {
            URI own = SimulatorLoader.class.getProtectionDomain().getCodeSource().getLocation().toURI();
            List<URI> path = Stream.concat(Stream.of(own), jars.sorted().map(Path::toUri)).toList();
            return Optional.of(new SimulatorLoader(new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("the jar's location is not a path", e);
        }
    }

    /** The runtime's jar names the rest of the class path in its manifest. */
    private static URL[] urls(List<URI> path) throws MalformedURLException {
        URL[] urls = new URL[path.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = path.get(i).toURL();
        }
        return urls;
    }

    /** Ends the JVM with the command's exit code, so it does not return and does not close the loader. */
    void run(String[] arguments) {
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(Main.class.getName()).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the command line failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the runtime's jar has no command line", e);
        }
    }
}
