package io.liveresponse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.liveresponse.architecture.cycle.left.Left;
import io.liveresponse.architecture.cycle.right.Right;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walls between the packages. {@code ARCHITECTURE.md} says what each package is for. */
class WallsTest {

    /** What a package may use. A new arrow is a decision: enter it here and draw the graph of ARCHITECTURE.md anew. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("settings", Set.of("model")),
            Map.entry("transcript", Set.of("model")),
            Map.entry("ledger", Set.of("model", "settings")),
            Map.entry("intake", Set.of("model", "settings")),
            Map.entry("fetch", Set.of("model", "settings", "transcript")),
            Map.entry("deliver", Set.of("model", "settings", "transcript", "fetch")),
            Map.entry("worker", Set.of("model", "settings", "ledger", "intake", "fetch", "deliver")),
            Map.entry("rows", Set.of("model", "settings", "transcript", "fetch")),
            Map.entry("runs", Set.of("model", "settings", "ledger", "fetch", "worker")),
            Map.entry("camel", Set.of("model", "settings", "transcript", "ledger", "intake", "fetch", "deliver", "worker", "rows", "runs")),
            Map.entry("page", Set.of("model", "ledger", "fetch", "worker", "runs")),
            Map.entry("validate", Set.of("model", "settings", "camel", "rows")),
            Map.entry("simulator", Set.of("model")),
            Map.entry("cli", Set.of("model", "settings", "ledger", "intake", "fetch", "deliver", "worker", "runs", "rows", "page",
                    "validate", "simulator")));

    @Test
    void a_package_uses_only_what_it_may_use() {
        assertThat(ProductClasses.arrows()).allSatisfy(
                (from, used) -> assertThat(ALLOWED.getOrDefault(from, Set.of())).as("what " + from + " may use").containsAll(used));
        assertThat(ProductClasses.arrows().keySet()).isEqualTo(ALLOWED.keySet());
    }

    @Test
    void no_package_is_part_of_a_cycle_subpackages_included() {
        acyclic("io.liveresponse.(**)").check(ProductClasses.all());
    }

    @Test
    void a_deliberate_cycle_is_found() {
        JavaClasses cycle = new ClassFileImporter().importClasses(Left.class, Right.class);

        assertThat(acyclic("io.liveresponse.architecture.cycle.(*)").evaluate(cycle).hasViolation()).isTrue();
    }

    @Test
    void what_a_host_embeds_knows_neither_the_command_line_nor_the_simulator_nor_their_libraries() {
        noClasses().that().resideOutsideOfPackages("io.liveresponse.cli..", "io.liveresponse.page..", "io.liveresponse.validate..",
                "io.liveresponse.simulator..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("io.liveresponse.cli..", "io.liveresponse.page..", "io.liveresponse.validate..",
                        "io.liveresponse.simulator..", "picocli..", "com.icegreen..", "org.bouncycastle..", "me.tongfei..",
                        "com.networknt..")
                .check(ProductClasses.all());
    }

    @Test
    void only_the_command_line_knows_picocli_and_the_simulator() {
        noClasses().that().resideOutsideOfPackages("io.liveresponse.cli..", "io.liveresponse.simulator..")
                .should().dependOnClassesThat().resideInAnyPackage("io.liveresponse.simulator..", "picocli..")
                .check(ProductClasses.all());
    }

    @Test
    void the_model_knows_no_library_but_jackson_and_the_base_type_of_camels_exceptions() {
        noClasses().that().resideInAPackage("io.liveresponse.model..")
                .should().dependOnClassesThat().resideOutsideOfPackages("io.liveresponse.model..", "java..", "com.fasterxml.jackson..",
                        "org.apache.camel")
                .check(ProductClasses.all());
    }

    private static ArchRule acyclic(String slices) {
        return slices().matching(slices).should().beFreeOfCycles();
    }
}
