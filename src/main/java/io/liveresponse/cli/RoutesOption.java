package io.liveresponse.cli;

import io.liveresponse.validate.Code;
import io.liveresponse.validate.Finding;
import io.liveresponse.validate.RouteFiles;
import io.liveresponse.validate.RouteSource;
import io.liveresponse.validate.RouteValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the directory of the routes. */
final class RoutesOption {

    /** What only all files together show. */
    private static final Set<String> BY_ALL_FILES = Stream.of(Code.DIRECT_WITHOUT_CONSUMER, Code.ROUTE_CONFIGURATION_UNKNOWN,
            Code.ROUTE_TEMPLATE_UNKNOWN).map(Code::name).collect(Collectors.toUnmodifiableSet());

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--routes", paramLabel = "DIR",
            description = "The directory that holds all routes; default routes beside the jar, else the routes in the jar.")
    private Path routes;

    /** Camel's include pattern for them. */
    String pattern() {
        return directory().map(RoutesOption::in).orElse("classpath:camel/**/*.camel.yaml");
    }

    /** Empty if they are those in the jar. */
    Optional<Path> directory() {
        if (routes != null && !Files.isDirectory(routes)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + routes + " is not a directory");
        }
        return routes == null ? Main.Home.find().file("routes") : Optional.of(routes);
    }

    /**
     * Whether the routes can do any work. Says what is missing if they cannot: a directory with some of the files is run as it
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

    /**
     * The errors that the validator finds in the routes; empty for the bundle's own, whose tests find none. Of routes beside XML files,
     * which the validator does not read, it is not known what they call.
     *
     * @param settings the settings file that the routes are loaded with
     */
    List<Finding> mistakes(Path settings) throws IOException {
        Optional<Path> named = directory();
        List<RouteSource> sources = named.isPresent() ? RouteFiles.in(named.get()) : List.of();
        if (named.isPresent() && sources.isEmpty() && !hasXml(named.get())) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--routes " + named.get() + " holds no route file");
        }
        if (named.isEmpty() || texts(sources).equals(texts(RouteFiles.inJar()))) {
            sources = List.of();
        }
        boolean known = named.isEmpty() || !hasXml(named.get());
        List<Finding> findings = sources.isEmpty()
                ? RouteValidator.validateCamelKeys(settings)
                : new RouteValidator().validateRoutes(sources, Optional.of(settings));
        return Stream.concat(findings.stream(), known && !sources.isEmpty() ? RouteValidator.missing(sources).stream() : Stream.empty())
                .distinct().filter(finding -> finding.error() && (known || !BY_ALL_FILES.contains(finding.code()))).toList();
    }

    /** Without the names: the jar holds all files in one directory. */
    private static List<String> texts(List<RouteSource> sources) {
        return sources.stream().map(RouteSource::text).sorted().toList();
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
