package io.liveresponse.cli;

import io.liveresponse.validate.Finding;
import io.liveresponse.validate.RouteFiles;
import io.liveresponse.validate.RouteSource;
import io.liveresponse.validate.RouteValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Where the settings and routes are. */
final class RoutesOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--routes", paramLabel = "DIR",
            description = "The directory of the routes, all of them; default the one beside the jar, else those in it.")
    private Path routes;

    /** Camel's include pattern for them. */
    String pattern() {
        return directory().map(RoutesOption::in).orElse("classpath:camel/**/*.camel.yaml");
    }

    /** Empty where they are those in the jar. */
    Optional<Path> directory() {
        if (routes != null && !Files.isDirectory(routes)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + routes + " is no directory");
        }
        return routes == null ? Main.Home.find().file("routes") : Optional.of(routes);
    }

    /**
     * Whether the routes can do any work. Says what is missing where they cannot: a directory with some of the files is run as it
     * is, since nobody could tell a file that was taken away from one that was never copied.
     */
    boolean areWhole() throws IOException {
        Optional<Path> named = directory();
        // what XML files hold is not looked at
        if (named.isEmpty() || hasXml(named.get())) {
            return true;
        }
        List<RouteSource> sources = RouteFiles.in(named.get());
        if (sources.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + named.get() + " holds no route file");
        }
        List<Finding> missing = RouteValidator.missing(sources);
        missing.forEach(spec.commandLine().getErr()::println);
        return missing.isEmpty();
    }

    private static boolean hasXml(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".xml"));
        }
    }

    private static String in(Path directory) {
        String path = directory.toAbsolutePath().normalize().toString();
        return "file:" + path + "/**/*.yaml,file:" + path + "/**/*.xml";
    }
}
