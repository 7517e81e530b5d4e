package io.liveresponse.validate;

import io.liveresponse.settings.SettingsValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;

/**
 * Finds what is wrong with routes and settings without starting anything: no secret is needed, no connection is made. Not for
 * several threads at once.
 */
public final class RouteValidator {

    private final SettingsValidator settingsValidator;
    private final CompletableFuture<SchemaCheck> schemaCheck;
    private final CamelCatalog catalog = new DefaultCamelCatalog(true);

    public RouteValidator() {
        this(new SettingsValidator());
    }

    /** @param settingsValidator knows the environment to judge the settings by */
    public RouteValidator(SettingsValidator settingsValidator) {
        this.settingsValidator = settingsValidator;
        // to read Camel's schema takes as long as all other checks together, so it is done beside them
        this.schemaCheck = CompletableFuture.supplyAsync(SchemaCheck::new);
    }

    /**
     * The mistakes, those of the settings first, by file and line. Where a file is no YAML, nothing is said about what only all
     * files together show.
     *
     * @param sources  the routes that are loaded together
     * @param settings the properties file, or empty if only the routes are looked at
     * @throws java.io.UncheckedIOException if the properties file cannot be read
     */
    public List<Finding> validate(List<RouteSource> sources, Optional<Path> settings) {
        Stream<Finding> problems = settings.stream().flatMap(file -> settingsValidator.validate(file).stream()).map(Finding::of);
        return Stream.concat(problems, validateRoutes(sources, settings).stream()).toList();
    }

    /**
     * The same without what is wrong with our own settings.
     *
     * @param sources  the routes that are loaded together
     * @param settings the properties file that they are loaded with, if it is known
     * @throws java.io.UncheckedIOException if the properties file cannot be read
     */
    public List<Finding> validateRoutes(List<RouteSource> sources, Optional<Path> settings) {
        Findings findings = new Findings();
        List<YamlValue> files = new ArrayList<>();
        sources.forEach(source -> RouteReader.read(source, findings).ifPresent(files::add));
        Routes routes = new Routes(files);
        Optional<SettingsFile> settingsFile = settings.map(SettingsFile::read);

        Map<String, Class<?>> beans = BoundBeans.types();
        Findings bySchema = new Findings();
        CompletableFuture<Void> schemaChecked = schemaCheck.thenAcceptAsync(check -> check.check(routes, bySchema));
        checks(settingsFile, beans).forEach(check -> check.check(routes, findings));
        settingsFile.ifPresent(file -> file.reportCamelKeys(catalog, findings));
        if (files.size() == sources.size()) {
            Stream.of(new DirectCheck(), new RouteConfigurationCheck(), new ExpressionNameCheck(beans))
                    .forEach(check -> check.check(routes, findings));
            routes.templates().check(findings);
            settingsFile.ifPresent(file -> file.reportUnused(routes, findings));
        }
        schemaChecked.join();
        findings.add(bySchema);
        return findings.sorted();
    }

    /** The problems of the keys under {@code camel.} alone. */
    public static List<Finding> validateCamelKeys(Path settings) {
        Findings findings = new Findings();
        SettingsFile.read(settings).reportCamelKeys(new DefaultCamelCatalog(true), findings);
        return findings.sorted();
    }

    /**
     * What keeps these routes from doing any work at all: a route that they call is not among them, or the router is not. Whether
     * they have mistakes besides is not looked at, nor what only some settings would call.
     *
     * @return for people; empty if nothing is missing
     */
    public static List<Finding> missing(List<RouteSource> sources) {
        Findings findings = new Findings();
        Routes routes = new Routes(sources.stream().flatMap(source -> RouteReader.read(source, new Findings()).stream()).toList());
        new DirectCheck().checkLiterals(routes, findings);
        return findings.sorted();
    }

    private List<RouteCheck> checks(Optional<SettingsFile> settings, Map<String, Class<?>> ours) {
        Set<String> beans = settings.map(SettingsFile::beans).orElse(Set.of());
        return List.of(new IdCheck(), new NamingCheck(), new PlaceholderCheck(settings.map(SettingsFile::keys)), new HttpCheck(),
                new OutcomeCheck(),
                new BeanCheck(ours.keySet(), beans), new EndpointCheck(catalog, new Preconditions(settings)),
                new SecretLiteralCheck(catalog), new SimpleCheck(), new KnownNameCheck());
    }
}
