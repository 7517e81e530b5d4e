package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.validate.Code;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
        settings = Files.writeString(directory.resolve("mine.properties"), """
                live-response.tenants=contoso
                live-response.tenant.contoso.tenant-id=contoso.onmicrosoft.com
                live-response.tenant.contoso.client-id=me
                live-response.tenant.contoso.client-secret={{env:NOT_SET_ON_THIS_MACHINE}}
                """);
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
                line -> assertThat(line).startsWith(settings + ":5: SETTING_UNKNOWN live-response.quota.per-minut is no setting — "),
                line -> assertThat(line).startsWith(route + ":10: DIRECT_WITHOUT_CONSUMER no route listens at direct:mine — "));
    }

    @Test
    void aDirectoryWithSomeOfTheFilesIsToldWhichOfTheBundleAreMissing() throws IOException {
        Files.delete(route);
        for (String shipped : new String[] {"route-result", "deliver-result"}) {
            Files.copy(BundleRoutes.file(shipped), routes.resolve(shipped + ".camel.yaml"));
        }

        assertThat(validate()).isOne();
        assertThat(out.toString().lines()).extracting(line -> line.replaceFirst(".*(?=no route)", "")).containsOnly(
                missing("direct:live-response-deliver-file", "deliver-file"), missing("direct:live-response-deliver-ticket", "deliver-ticket"),
                missing("direct:live-response-deliver-email", "deliver-email"));
    }

    @Test
    void runAndDemoDoNotStartWithRoutesThatCanDoNoWork() throws IOException {
        Files.delete(route);
        Files.copy(Path.of("routes/deliver/deliver-ticket.camel.yaml"), routes.resolve("deliver-ticket.camel.yaml"));

        assertThat(execute("demo", "--routes", routes.toString(), "--directory", directory.resolve("demo").toString())).isEqualTo(2);
        assertThat(execute("run", "--routes", routes.toString(), "--config", settings.toString())).isEqualTo(2);

        assertThat(err.toString().lines().filter(line -> line.contains("DIRECT_WITHOUT_CONSUMER"))).hasSize(2)
                .allMatch(line -> line.endsWith("DIRECT_WITHOUT_CONSUMER " + missing("direct:live-response-route-result", "route-result")));
        assertThat(directory.resolve("demo")).doesNotExist();
    }

    private static String missing(String direct, String file) {
        return "no route listens at " + direct + " — the bundle's " + file
                + ".camel.yaml does: copy it into the directory, and what else of the bundle is not there";
    }

    @Test
    void devNeedsADirectoryToWatch() {
        assertThat(execute("run", "--dev", "--config", settings.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--dev needs a directory of routes; name one with --routes");
    }

    @Test
    void aWarningAloneEndsWith0() throws IOException {
        Files.writeString(route, SOUND.replace(CONSUMER, CONSUMER.replace("direct", "kafka"))
                .replace("            uri: direct:mine", "            uri: file:mine"));

        assertThat(validate()).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains(":6: ENDPOINT_NOT_INSTALLED ").contains("camel-kafka");
    }

    @Test
    void jsonHoldsFileLineCodeLevelAndMessage() throws IOException {
        Files.writeString(route, SOUND.replace("    description: Mine.\n", ""));

        assertThat(validate("--json")).isOne();
        JsonNode findings = new ObjectMapper().readTree(out.toString());
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).get("file").asText()).isEqualTo(route.toString());
        assertThat(findings.get(0).get("line").asInt()).isOne();
        assertThat(findings.get(0).get("code").asText()).isEqualTo("ROUTE_WITHOUT_DESCRIPTION");
        assertThat(findings.get(0).get("level").asText()).isEqualTo("error");
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
