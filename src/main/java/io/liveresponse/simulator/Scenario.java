package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tenants and their machine actions, with what goes wrong and what is expected. Immutable. */
public record Scenario(List<SimulatorTenant> tenants, List<ScenarioAction> actions) {

    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    public Scenario {
        tenants = tenants == null ? List.of() : List.copyOf(tenants);
        actions = actions == null ? List.of() : List.copyOf(actions);
        List<String> names = tenants.stream().map(SimulatorTenant::name).toList();
        actions.stream().map(ScenarioAction::tenant).filter(tenant -> !names.contains(tenant)).findFirst().ifPresent(tenant -> {
            throw new IllegalArgumentException("an action's tenant is not among the scenario's: " + tenant);
        });
    }

    public static Scenario of(List<SimulatorTenant> tenants, ScenarioAction... actions) {
        return new Scenario(tenants, List.of(actions));
    }

    /** The scenario that ships with the product: every outcome, two tenants, one of each common mishap. */
    public static Scenario demo() {
        try (InputStream in = Scenario.class.getResourceAsStream("demo.yaml")) {
            return YAML.readValue(in, Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped scenario cannot be read", e);
        }
    }

    /** @throws IOException where the file cannot be read or is no scenario; the message names the field */
    public static Scenario read(Path yaml) throws IOException {
        try (InputStream in = Files.newInputStream(yaml)) {
            return YAML.readValue(in, Scenario.class);
        }
    }

    /** Every command that something is expected of, in the file's order. */
    public List<ScenarioRequest> requests() {
        return actions.stream().flatMap(Scenario::requestsOf).toList();
    }

    private static Stream<ScenarioRequest> requestsOf(ScenarioAction action) {
        return IntStream.range(0, action.commands().size())
                .filter(index -> action.commands().get(index).expect() != null)
                .mapToObj(index -> new ScenarioRequest(action.key(index), action.commands().get(index).expect()));
    }
}
