package io.liveresponse.validate;

import io.liveresponse.settings.SettingsValidator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;

/**
 * Finds what is wrong with routes and settings without starting anything: no secret is needed, no connection is made. Each call
 * stands for itself, so it is thread-safe.
 */
public final class RouteValidator {

    private final SettingsValidator settingsValidator;

    public RouteValidator() {
        this(new SettingsValidator());
    }

    /** @param settingsValidator knows the environment to judge the settings by */
    public RouteValidator(SettingsValidator settingsValidator) {
        this.settingsValidator = settingsValidator;
    }

    /**
     * The mistakes, by file and line. Where a file is no YAML, nothing is said about what only all files together show.
     *
     * @param sources  the routes that are loaded together
     * @param settings the properties file, or empty where only the routes are looked at
     * @throws java.io.UncheckedIOException where the properties file cannot be read
     */
    public List<Finding> validate(List<RouteSource> sources, Optional<Path> settings) {
        Findings findings = new Findings();
        List<YamlValue> files = new ArrayList<>();
        sources.forEach(source -> RouteReader.read(source, findings).ifPresent(files::add));
        Routes routes = new Routes(files);
        Optional<SettingsFile> settingsFile = settings.map(SettingsFile::read);

        // both read much of Camel's own text first, so they do it side by side
        CompletableFuture<SchemaCheck> schema = CompletableFuture.supplyAsync(SchemaCheck::new);
        checks(settingsFile).forEach(check -> check.check(routes, findings));
        if (files.size() == sources.size()) {
            Stream.of(new DirectCheck(), new RouteConfigurationCheck()).forEach(check -> check.check(routes, findings));
            settingsFile.ifPresent(file -> file.reportUnused(routes, findings));
        }
        schema.join().check(routes, findings);
        List<Finding> problems = settings.stream().flatMap(file -> settingsValidator.validate(file).stream()).map(Finding::of).toList();
        return Stream.concat(problems.stream(), findings.sorted().stream()).toList();
    }

    private static List<RouteCheck> checks(Optional<SettingsFile> settings) {
        CamelCatalog catalog = new DefaultCamelCatalog(true);
        Set<String> beans = settings.map(SettingsFile::beans).orElse(Set.of());
        return List.of(new IdCheck(), new PlaceholderCheck(settings.map(SettingsFile::keys)), new HttpCheck(), new OutcomeCheck(),
                new BeanCheck(beans), new EndpointCheck(catalog), new SecretLiteralCheck(catalog), new SimpleCheck(catalog));
    }
}
