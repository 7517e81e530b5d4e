package io.liveresponse.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvn package} leaves. */
@Tag("integration")
class ArtifactsTest {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path HOME = TARGET.resolve("live-response-routes");
    private static final Path ARCHIVE = HOME.resolve("lib/live-response-routes.jsa");
    private static final Path LAUNCHER = HOME.resolve("bin/live-response");
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private record Ending(int code, String out, String err) {
    }

    @TempDir
    private Path directory;

    @Test
    void the_embeddable_jar_holds_neither_the_command_line_nor_the_validator_nor_the_simulator() throws IOException {
        assertThat(classes("live-response-routes.jar")).isNotEmpty()
                .noneMatch(name -> name.matches("io/liveresponse/(cli|page|validate|simulator)/.*"));
        assertThat(classes("live-response-routes-runtime.jar")).isNotEmpty()
                .allMatch(name -> name.matches("io/liveresponse/(cli|page|validate)/.*"));
        assertThat(classes("live-response-routes-simulator.jar")).isNotEmpty()
                .allMatch(name -> name.startsWith("io/liveresponse/simulator/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-runtime", "-simulator"})
    void each_jar_brings_licence_and_readme(String classifier) throws IOException {
        try (JarFile jar = new JarFile(TARGET.resolve("live-response-routes" + classifier + ".jar").toFile())) {
            assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
            assertThat(jar.getEntry("META-INF/README.md")).isNotNull();
        }
    }

    @Test
    void the_simulators_libraries_are_not_on_the_service_s_class_path() throws IOException {
        List<String> libraries = List.of("greenmail", "bcpkix", "bcprov", "progressbar", "live-response-routes-simulator");

        assertThat(names(HOME.resolve("lib"))).noneMatch(name -> libraries.stream().anyMatch(name::startsWith) || name.startsWith("junit"));
        assertThat(names(HOME.resolve("lib/simulator"))).anyMatch(name -> name.startsWith("greenmail"))
                .anyMatch(name -> name.startsWith("bcpkix")).anyMatch(name -> name.startsWith("progressbar"));
    }

    @Test
    void the_class_path_names_each_jar_of_lib_and_no_directory() throws IOException {
        try (JarFile jar = new JarFile(HOME.resolve("live-response-routes.jar").toFile())) {
            List<String> path = List.of(jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH).split(" "));

            assertThat(path).noneMatch(entry -> entry.endsWith("/")).doesNotHaveDuplicates();
            assertThat(path.stream().map(entry -> entry.substring("lib/".length())))
                    .containsExactlyInAnyOrderElementsOf(
                            names(HOME.resolve("lib")).stream().filter(name -> name.endsWith(".jar")).toList());
        }
    }

    @Test
    void native_access_is_enabled_so_that_a_newer_jvm_does_not_warn() throws IOException {
        try (JarFile jar = new JarFile(HOME.resolve("live-response-routes.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void the_jvm_accepts_the_class_data_archive() throws Exception {
        Ending ending = run(
                List.of(JAVA, "-Xshare:on", "-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:class+load:file=" + directory.resolve("loaded"),
                        "-jar", HOME.resolve("live-response-routes.jar").toString(), "--version"));

        assertThat(ending.code()).as(ending.err()).isZero();
        assertThat(Files.readString(directory.resolve("loaded")))
                .containsPattern("io\\.liveresponse\\.cli\\.Main source: shared objects file");
    }

    @Test
    void the_launcher_starts_from_anywhere_by_a_link_and_says_nothing_of_its_own() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("lr"), LAUNCHER);

        Ending ending = run(List.of(link.toString(), "--version"));

        assertThat(ending.code()).isZero();
        assertThat(ending.out()).startsWith("live-response-routes ").contains("Apache Camel ");
        assertThat(ending.err()).isEmpty();
    }

    @Test
    void an_archive_of_another_jvm_is_passed_over_in_silence() throws Exception {
        Path home = installation();
        Files.write(home.resolve("lib/live-response-routes.jsa"), new byte[4096]);

        Ending ending = run(List.of(home.resolve("bin/live-response").toString(), "--version"));

        assertThat(ending).isEqualTo(new Ending(0, ending.out(), ""));
        assertThat(ending.out()).startsWith("live-response-routes ");
    }

    @Test
    void without_the_simulator_s_jars_demo_says_what_is_missing_and_the_rest_works() throws Exception {
        Path home = installation();

        Ending demo = run(List.of(home.resolve("bin/live-response").toString(), "demo"));
        Ending help = run(List.of(home.resolve("bin/live-response").toString(), "--help"));

        assertThat(demo.code()).isEqualTo(2);
        assertThat(demo.err()).startsWith("demo needs " + home.resolve("lib/simulator"));
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("  run ", "  validate ").doesNotContain("  demo ");
    }

    @Test
    void bash_completes_the_commands() throws Exception {
        Ending ending = run(
                List.of("bash", "-c", "source '" + HOME.resolve("completion/live-response.bash") + "'; complete -p live-response"));

        assertThat(ending.code()).as(ending.err()).isZero();
        assertThat(ending.out()).contains("_complete_live-response");
        assertThat(HOME.resolve("completion/live-response.bash")).content().contains("validate", "simulator", "requests");
    }

    @Test
    void zsh_takes_the_completion() throws Exception {
        assumeThat(Path.of("/usr/bin/zsh")).exists();

        Ending ending = run(
                List.of("zsh", "-fc", "source '" + HOME.resolve("completion/live-response.zsh") + "'; complete -p live-response"));

        assertThat(ending.code()).as(ending.err()).isZero();
        assertThat(ending.out()).contains("_complete_live-response");
    }

    /** Without the simulator and without an archive. */
    private Path installation() throws IOException {
        Path home = Files.createDirectories(directory.resolve("home")).toRealPath();
        Files.createDirectories(home.resolve("bin"));
        for (String name : List.of("bin/live-response", "bin/jvm.options", "live-response-routes.jar")) {
            Files.copy(HOME.resolve(name), home.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(home.resolve("lib"));
        for (String name : names(HOME.resolve("lib"))) {
            if (name.endsWith(".jar")) {
                Files.createSymbolicLink(home.resolve("lib").resolve(name), HOME.resolve("lib").resolve(name));
            }
        }
        return home;
    }

    private Ending run(List<String> command) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int code = builder.start().waitFor();
        return new Ending(code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> classes(String jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(TARGET.resolve(jar).toFile())) {
            file.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")).forEach(names::add);
        }
        return names;
    }
}
