package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.BundleRoutes;
import io.liveresponse.validate.Code;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ValidateCommandTest {

    private static final String SOUND = """
            - route:
                id: mine
                description: Mine.
                from:
                  id: mine/from
                  uri: direct:mine
                  steps:
                    - to:
                        id: mine/to
                        uri: direct:mine
            """;
    private static final String SETTINGS = """
            live-response.tenants=contoso
            live-response.tenant.contoso.tenant-id=contoso.onmicrosoft.com
            live-response.tenant.contoso.client-id=me
            live-response.tenant.contoso.client-secret={{env:NOT_SET_ON_THIS_MACHINE}}
            """;
    private static final String CONSUMER = "      uri: direct:mine\n      steps";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path routes;
    private Path route;
    private Path settings;

    @BeforeEach
    void writeSoundFiles() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        route = Files.writeString(routes.resolve("mine.camel.yaml"), SOUND);
        settings = Files.writeString(directory.resolve("mine.properties"),
                SETTINGS.replace("{{env:NOT_SET_ON_THIS_MACHINE}}", "{{azure:contoso}}"));
    }

    @Test
    void the_shipped_settings_without_their_variables_name_each_one_and_run_and_check_exit_with_2() throws IOException {
        Path shipped = Path.of("config/application.properties");
        String[] lines = Files.readAllLines(shipped).toArray(String[]::new);

        for (String command : new String[]{"validate", "check", "run"}) {
            out.getBuffer().setLength(0);
            err.getBuffer().setLength(0);
            int exitCode = execute(command, "--config", shipped.toString());

            assertThat(exitCode).as(command).isEqualTo(command.equals("validate") ? 0 : 2);
            assertThat((out.toString() + err).lines().filter(line -> line.contains("SETTING_VARIABLE_MISSING")))
                    .hasSize(3).allSatisfy(line -> {
                        Matcher found = Pattern.compile(".*:(\\d+): SETTING_VARIABLE_MISSING \\S+ needs the variable (CONTOSO_\\w+), .*")
                                .matcher(line);
                        assertThat(found.matches()).isTrue();
                        assertThat(lines[Integer.parseInt(found.group(1)) - 1]).contains("{{env:" + found.group(2) + "}}");
                    });
        }
    }

    @Test
    void run_names_every_mistake_in_settings_and_routes_before_anything_starts() throws IOException {
        Files.writeString(settings,
                SETTINGS.replace("{{env:NOT_SET_ON_THIS_MACHINE}}", "x") + "live-response.quota.minute-period=62\ncamel.mian.name=x\n");
        Files.writeString(route, SOUND.replace("uri: direct:mine\n", "uri: direct:mine?synchronus=true\n"));

        assertThat(execute("run", "--routes", routes.toString(), "--config", settings.toString())).isEqualTo(2);
        assertThat(err.toString().lines()).anyMatch(line -> line.startsWith(settings + ":5: SETTING_MALFORMED "))
                .anyMatch(line -> line.startsWith(settings + ":6: CAMEL_KEY_UNKNOWN "))
                .anyMatch(line -> line.startsWith(route + ":10: ENDPOINT_OPTION_UNKNOWN "));
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void run_ends_with_1_and_the_setting_if_a_port_is_in_use() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Files.writeString(settings, SETTINGS.replace("{{env:NOT_SET_ON_THIS_MACHINE}}", "x")
                    + "live-response.data-directory=" + directory.resolve("data")
                    + "\nlive-response.intake.http.enabled=true\nlive-response.intake.http.port="
                    + taken.getLocalPort() + "\ncamel.management.enabled=true\ncamel.management.port=" + other.getLocalPort() + "\n");

            assertThat(execute("run", "--config", settings.toString())).isOne();
            assertThat(err.toString().lines()).anyMatch(line -> line.startsWith("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    && line.endsWith("change live-response.intake.http.port"))
                    .anyMatch(line -> line.startsWith("cannot listen on 127.0.0.1:" + other.getLocalPort())
                            && line.endsWith("change camel.management.port"));
        }
    }

    @Test
    void a_mistyped_time_out_is_found_with_the_right_suggestion() throws IOException {
        Files.writeString(route,
                SOUND.replace("            uri: direct:mine\n", "            uri: https://x.invalid?conectTimeout=1&responseTimeout=1\n"));
        assertThat(validate()).isOne();
        assertThat(out.toString())
                .contains(":10: ENDPOINT_OPTION_UNKNOWN https has no option conectTimeout — did you mean connectTimeout?");
    }

    @Test
    void soundRoutesAndSettingsSayNothingAndEndWith0() {
        assertThat(validate()).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theShippedRoutesAreLookedAtWhereNoneAreNamed() {
        assertThat(execute("validate", "--config", settings.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void mistakesInRoutesAndSettingsArePrintedOneALineAndEndWith1() throws IOException {
        Files.writeString(settings, "live-response.quota.per-minut=90\n", StandardOpenOption.APPEND);
        Files.writeString(route, SOUND.replace(CONSUMER, CONSUMER.replace("mine", "yours")));

        assertThat(validate()).isOne();
        assertThat(out.toString().lines()).satisfiesExactly(
                line -> assertThat(line).startsWith(settings + ":5: SETTING_UNKNOWN live-response.quota.per-minut is not a setting — "),
                line -> assertThat(line).startsWith(route + ":10: DIRECT_WITHOUT_CONSUMER no route consumes from direct:mine — "));
    }

    @Test
    void aDirectoryWithSomeOfTheFilesIsToldWhichOfTheBundleAreMissing() throws IOException {
        Files.delete(route);
        Files.copy(BundleRoutes.file("route-result"), routes.resolve("route-result.camel.yaml"));

        assertThat(validate()).isOne();
        assertThat(out.toString().lines()).extracting(line -> line.replaceFirst(".*(?=no route)", "")).containsOnly(
                missing("direct:live-response-to-run-file", "deliver-run"), missing("direct:live-response-to-run-email", "deliver-run"),
                missing("direct:live-response-to-file", "deliver-file"), missing("direct:live-response-to-ticket", "deliver-ticket"),
                missing("direct:live-response-to-email", "deliver-email"), missing("direct:live-response-to-rows", "rows"));
    }

    @Test
    void runAndDemoDoNotStartWithRoutesThatCanDoNoWork() throws IOException {
        Files.delete(route);
        Files.copy(Path.of("routes/deliver/deliver-ticket.camel.yaml"), routes.resolve("deliver-ticket.camel.yaml"));

        assertThat(execute("demo", "--routes", routes.toString(), "--directory", directory.resolve("demo").toString())).isEqualTo(2);
        assertThat(execute("run", "--routes", routes.toString(), "--config", settings.toString())).isEqualTo(2);

        assertThat(err.toString().lines()
                .filter(line -> line.endsWith("DIRECT_WITHOUT_CONSUMER " + missing("direct:live-response-route-result", "route-result"))))
                .hasSize(2);
        assertThat(directory.resolve("demo")).doesNotExist();
    }

    private static String missing(String direct, String file) {
        return "no route consumes from " + direct + " — copy the bundle's " + file
                + ".camel.yaml, which does, into the directory, and every other file of the bundle that is missing";
    }

    @Test
    void devNeedsADirectoryToWatch() {
        assertThat(execute("run", "--dev", "--config", settings.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--dev needs a directory of routes; name one with --routes");
    }

    @Test
    void a_warning_alone_exits_with_0() throws IOException {
        Files.writeString(route, SOUND.replace("    description: Mine.\n", ""));

        assertThat(validate()).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains(":1: ROUTE_WITHOUT_DESCRIPTION ");
    }

    @Test
    void a_component_whose_library_is_missing_is_an_error_since_run_would_end() throws IOException {
        Files.writeString(route, SOUND.replace(CONSUMER, CONSUMER.replace("direct", "nats"))
                .replace("            uri: direct:mine", "            uri: file:mine"));

        assertThat(validate()).isOne();
        assertThat(out.toString().lines()).singleElement().asString().contains(":6: ENDPOINT_NOT_INSTALLED ").contains("camel-nats");
    }

    @Test
    void a_route_that_a_setting_switches_off_may_use_a_component_that_is_not_installed() throws IOException {
        String missing = SOUND.replace(CONSUMER, CONSUMER.replace("direct", "nats"))
                .replace("            uri: direct:mine", "            uri: file:mine");
        Files.writeString(route, missing.replace("    description: Mine.\n",
                "    description: Mine.\n    precondition: \"{{live-response.rows.kafka.enabled}}\"\n"));
        assertThat(validate()).as(out.toString()).isZero();

        Files.writeString(settings, "\nlive-response.rows.kafka.enabled=true\n", StandardOpenOption.APPEND);
        assertThat(validate()).isOne();
        assertThat(out.toString()).contains(" ENDPOINT_NOT_INSTALLED ");
    }

    @Test
    void the_short_form_and_steps_without_id_are_accepted() throws IOException {
        Files.writeString(route,
                "- from:\n    uri: direct:mine\n    steps:\n      - log: \"${body}\"\n      - setBody:\n          constant: x\n");

        assertThat(validate()).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains(":1: ROUTE_WITHOUT_ID ");
    }

    @Test
    void json_has_file_line_code_level_and_message() throws IOException {
        Files.writeString(route, SOUND.replace("    description: Mine.\n", ""));

        assertThat(validate("--json")).isZero();
        JsonNode findings = new ObjectMapper().readTree(out.toString());
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).get("file").asText()).isEqualTo(route.toString());
        assertThat(findings.get(0).get("line").asInt()).isOne();
        assertThat(findings.get(0).get("code").asText()).isEqualTo("ROUTE_WITHOUT_DESCRIPTION");
        assertThat(findings.get(0).get("level").asText()).isEqualTo("warning");
        assertThat(findings.get(0).get("message").asText()).contains(" — ");
    }

    @Test
    void jsonOfNothingIsAnEmptyArray() {
        assertThat(validate("--json")).isZero();
        assertThat(out.toString().strip()).isEqualTo("[ ]");
    }

    @Test
    void eachCodeIsExplainedOnALine() {
        assertThat(execute("validate", "--codes")).isZero();
        assertThat(out.toString().lines()).hasSize(Code.values().length).allMatch(line -> line.matches("[A-Z_]+ [A-Z].+\\."));
    }

    @Test
    void settingsRoutesOrOptionsThatAreNotThereEndWith2() throws IOException {
        assertThat(execute("validate", "--routes", routes.toString(), "--config", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(execute("validate", "--routes", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(execute("validate", "--rotues", routes.toString())).isEqualTo(2);
        Files.delete(route);
        assertThat(validate()).isEqualTo(2);
        assertThat(err.toString()).contains("holds no .yaml file");
    }

    private int validate(String... more) {
        String[] arguments = {"validate", "--routes", routes.toString(), "--config", settings.toString()};
        return execute(Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private int execute(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
