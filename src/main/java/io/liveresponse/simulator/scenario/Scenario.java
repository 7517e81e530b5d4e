package io.liveresponse.simulator.scenario;

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

/**
 * What the simulator plays. Immutable. In a YAML file each component of this record and of those that it is made of is a key;
 * a key that is unknown is an error. Durations are ISO 8601 texts such as {@code PT90S}.
 *
 * <table><caption>Keys at the top of a file; each may be left out</caption>
 * <tr><td>{@code tenants}</td><td>{@link SimulatorTenant}: who may sign in, with which roles</td></tr>
 * <tr><td>{@code actions}</td><td>{@link ScenarioAction}: live responses of the past, their {@code commands}
 *     ({@link ScenarioCommand}) with {@code blob} ({@link ScenarioBlob}), {@code faults} ({@link ScenarioFault}) and
 *     {@code expect} ({@link Expectation})</td></tr>
 * <tr><td>{@code devices}</td><td>{@link ScenarioDevice}: what can be run on, and how each device behaves</td></tr>
 * <tr><td>{@code fleets}</td><td>{@link ScenarioFleet}: many devices by number and share</td></tr>
 * <tr><td>{@code library}</td><td>{@link ScenarioLibraryFile}: the scripts that can be run, and what they print</td></tr>
 * <tr><td>{@code runs}</td><td>{@link ScenarioRuns}: limits, delays and time scale</td></tr>
 * <tr><td>{@code faults}</td><td>{@link ScenarioFault}: what goes wrong with the first calls of a kind, whatever they are about</td></tr>
 * </table>
 */
public record Scenario(
        List<SimulatorTenant> tenants, List<ScenarioAction> actions, List<ScenarioDevice> devices, List<ScenarioFleet> fleets,
        List<ScenarioLibraryFile> library, ScenarioRuns runs, List<ScenarioFault> faults) {

    private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory())
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    public Scenario {
        tenants = tenants == null ? List.of() : List.copyOf(tenants);
        actions = actions == null ? List.of() : List.copyOf(actions);
        devices = devices == null ? List.of() : List.copyOf(devices);
        fleets = fleets == null ? List.of() : List.copyOf(fleets);
        library = library == null ? List.of() : List.copyOf(library);
        runs = runs == null ? ScenarioRuns.DOCUMENTED : runs;
        faults = faults == null ? List.of() : List.copyOf(faults);
        List<String> names = tenants.stream().map(SimulatorTenant::name).toList();
        checkTenants(names, "action", actions.stream().map(ScenarioAction::tenant));
        checkTenants(names, "device", devices.stream().map(ScenarioDevice::tenant));
        checkTenants(names, "fleet", fleets.stream().map(ScenarioFleet::tenant));
        checkTenants(names, "library file", library.stream().map(ScenarioLibraryFile::tenant));
    }

    /** Actions of the past only. */
    public Scenario(List<SimulatorTenant> tenants, List<ScenarioAction> actions) {
        this(tenants, actions, null, null, null, null, null);
    }

    private static void checkTenants(List<String> names, String what, Stream<String> tenants) {
        tenants.filter(tenant -> !names.contains(tenant)).findFirst().ifPresent(tenant -> {
            throw new IllegalArgumentException("the tenant of this " + what + " is not among the scenario's: " + tenant);
        });
    }

    public Scenario withDevices(List<ScenarioDevice> others) {
        return new Scenario(tenants, actions, others, fleets, library, runs, faults);
    }

    public Scenario withFleets(ScenarioFleet... others) {
        return new Scenario(tenants, actions, devices, List.of(others), library, runs, faults);
    }

    public Scenario withLibrary(ScenarioLibraryFile... others) {
        return new Scenario(tenants, actions, devices, fleets, List.of(others), runs, faults);
    }

    public Scenario withRuns(ScenarioRuns others) {
        return new Scenario(tenants, actions, devices, fleets, library, others, faults);
    }

    /** The named devices, then those of the fleets. */
    public List<ScenarioDevice> allDevices() {
        return Stream.concat(devices.stream(), fleets.stream().flatMap(fleet -> fleet.expand().stream())).toList();
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

    /** The same with three scripts on a few devices more, for tables of rows. */
    public static Scenario demoWithRows() {
        try (InputStream in = Scenario.class.getResourceAsStream("demo-rows.yaml")) {
            List<ScenarioAction> more = YAML.readerForListOf(ScenarioAction.class).readValue(in);
            Scenario demo = demo();
            return new Scenario(demo.tenants, Stream.concat(demo.actions.stream(), more.stream()).toList(), demo.devices, demo.fleets,
                    demo.library, demo.runs, demo.faults);
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped scenario cannot be read", e);
        }
    }

    /** @throws IOException if the file cannot be read or is not a scenario; the message names the field */
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
