package io.liveresponse.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two routes, one that calls the other, while their files are edited. */
@Tag("integration")
class LiveReloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ASK = """
            - route:
                id: ask
                description: Calls answer.
                from:
                  id: ask/from
                  uri: direct:ask
                  steps:
                    - to:
                        id: ask/answer
                        uri: direct:answer
            """;
    private static final String ANSWER = """
            - route:
                id: answer
                description: Answers.
                from:
                  id: answer/from
                  uri: direct:answer
                  steps:
                    - setBody:
                        id: answer/body
                        expression:
                          constant:
                            expression: before
            """;

    @TempDir
    private Path directory;
    private Path routes;
    private Path settings;
    private CamelContext context;
    private ProducerTemplate template;
    private ReloadLog log;

    @BeforeEach
    void writeFiles() throws IOException {
        routes = Files.createDirectory(directory.resolve("routes"));
        settings = Files.writeString(directory.resolve("application.properties"), "live-response.tenants=contoso\n");
        write("ask", ASK);
        write("answer", ANSWER);
        log = new ReloadLog();
        context = new DefaultCamelContext();
    }

    private void start() throws Exception {
        LiveReload reload = LiveReload.of(routes, settings);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(context).findResources("file:" + routes + "/*.yaml"));
        context.start();
        template = context.createProducerTemplate();
        reload.watch(context);
    }

    @AfterEach
    void stop() {
        context.stop();
        log.close();
    }

    @Test
    void anEditIsTakenUpAndItsFileAndRoutesAreTold() throws Exception {
        start();
        assertThat(asked()).isEqualTo("before");

        write("answer", ANSWER.replace("before", "after"));

        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(asked()).isEqualTo("after");
        assertThat(log.lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'            uri: direct:nobody'|DIRECT_WITHOUT_CONSUMER|10",
            "'           uri: direct:answer'|YAML_SYNTAX|10",
            "'\turi: direct:answer'|YAML_TAB|10",
            "'            uri: file:x?idempotant=true'|ENDPOINT_OPTION_UNKNOWN|10",
            "'            uri: drect:answer'|ENDPOINT_UNKNOWN|10"})
    void aBrokenEditIsToldOnceWithFileLineAndCodeAndChangesNothing(String line, String code, int number) throws Exception {
        start();

        write("ask", ASK.replace("            uri: direct:answer", line));

        awaitLog("WARN Edit rejected, the routes run unchanged: " + file("ask") + ":" + number + ": " + code + " ");
        assertThat(asked()).isEqualTo("before");
        assertThat(log.lines()).singleElement().asString().contains(" — ");

        write("ask", ASK.replace("Calls answer.", "Mended."));

        awaitLog("INFO Edited routes run: changed " + file("ask") + " (ask)");
        assertThat(asked()).isEqualTo("before");
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void anEditOfOneFileIsJudgedTogetherWithTheOthers() throws Exception {
        start();

        write("answer", ANSWER.replace("direct:answer", "direct:reply"));
        awaitLog("WARN Edit rejected, the routes run unchanged: " + file("ask") + ":10: DIRECT_WITHOUT_CONSUMER");
        assertThat(asked()).isEqualTo("before");

        write("ask", ASK.replace("uri: direct:answer", "uri: direct:reply"));
        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer); changed " + file("ask") + " (ask)");
        assertThat(asked()).isEqualTo("before");
    }

    @Test
    void aBrokenEditThatIsUndoneLeavesTheRoutesUntouched() throws Exception {
        start();
        Route route = context.getRoute("answer");

        write("answer", "- route: [");
        awaitLog("WARN ");
        write("answer", ANSWER);
        awaitLog("INFO The files in " + routes + " are those of the running routes again");

        assertThat(context.getRoute("answer")).isSameAs(route);
        assertThat(asked()).isEqualTo("before");
    }

    @Test
    void aFileThatIsAddedBringsItsRoutesAndOneThatIsRemovedTakesThemAway() throws Exception {
        start();
        write("more", ANSWER.replace("answer", "more"));
        awaitLog("INFO Edited routes run: added " + file("more") + " (more)");
        assertThat(template.requestBody("direct:more", "", String.class)).isEqualTo("before");

        Files.delete(routes.resolve("more.camel.yaml"));
        awaitLog("INFO Edited routes run: removed " + file("more"));
        assertThat(context.getRoutes()).extracting(Route::getId).containsExactlyInAnyOrder("ask", "answer");
        assertThat(asked()).isEqualTo("before");
    }

    @Test
    void aFileThatOthersNeedIsNotTakenAway() throws Exception {
        start();

        Files.delete(routes.resolve("answer.camel.yaml"));

        awaitLog("WARN Edit rejected, the routes run unchanged: " + file("ask") + ":10: DIRECT_WITHOUT_CONSUMER");
        assertThat(asked()).isEqualTo("before");
    }

    @Test
    void anEmptyDirectoryLeavesTheRoutesRunning() throws Exception {
        start();

        Files.delete(routes.resolve("ask.camel.yaml"));
        awaitLog("INFO Edited routes run: removed " + file("ask"));
        Files.delete(routes.resolve("answer.camel.yaml"));

        awaitLog("WARN Edit rejected, the routes run unchanged: " + routes + ": ROUTES_MISSING ");
        assertThat(template.requestBody("direct:answer", "", String.class)).isEqualTo("before");
    }

    @Test
    void routesThatAreSoundButDoNotStartLeaveTheFieldToThoseBeforeThem() throws Exception {
        start();

        write("answer", ANSWER.replace("before", "after") + """
                        - process:
                            id: answer/own
                            ref: ownBeanThatNobodyBinds
                """);

        awaitLog("WARN Edit rejected, the previous routes run again: " + file("answer") + ":1: ROUTE_NOT_STARTED");
        assertThat(log.lines()).singleElement().asString()
                .contains(": ROUTE_NOT_STARTED the route answer does not start: ").contains("ownBeanThatNobodyBinds");
        assertThat(asked()).isEqualTo("before");
        assertThat(context.getRoutes()).extracting(Route::getId).containsExactlyInAnyOrder("ask", "answer");

        write("answer", ANSWER.replace("before", "after"));
        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(asked()).isEqualTo("after");
    }

    @Test
    void whatCamelCannotReadIsToldThoughTheValidatorDoesNotReadIt() throws Exception {
        start();

        Files.writeString(routes.resolve("more.camel.xml"), "<routes><route id=\"more\"><fro");

        awaitLog("WARN Edit rejected, the routes run unchanged: " + routes.resolve("more.camel.xml") + ": ROUTE_NOT_READ ");
        assertThat(asked()).isEqualTo("before");

        Files.writeString(routes.resolve("more.camel.xml"),
                "<routes><route id=\"more\"><from uri=\"direct:more\"/><setBody><constant>xml</constant></setBody></route></routes>");
        awaitLog("INFO Edited routes run: added " + routes.resolve("more.camel.xml") + " (more)");
        assertThat(template.requestBody("direct:more", "", String.class)).isEqualTo("xml");
    }

    @Test
    void aFileThatIsBeingWrittenIsNotReadYet() throws Exception {
        start();
        byte[] bytes = ANSWER.replace("before", "after").getBytes(StandardCharsets.UTF_8);

        try (OutputStream out = Files.newOutputStream(routes.resolve("answer.camel.yaml"))) {
            AtomicInteger written = new AtomicInteger();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                int from = written.getAndUpdate(at -> Math.min(bytes.length, at + 10));
                out.write(bytes, from, written.get() - from);
                return written.get() == bytes.length;
            });
        }

        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(log.lines()).hasSize(1);
        assertThat(asked()).isEqualTo("after");
    }

    @Test
    void aRouteConfigurationThatIsEditedReachesTheRoutesThatOptIntoIt() throws Exception {
        String policy = """
                - routeConfiguration:
                    id: policy
                    onException:
                      - onException:
                          id: policy/any
                          exception:
                            - java.lang.Exception
                          handled:
                            constant:
                              expression: "true"
                          steps:
                            - setBody:
                                id: policy/body
                                expression:
                                  constant:
                                    expression: sorry
                """;
        write("policy", policy);
        write("answer",
                ANSWER.replace("    from:", "    routeConfigurationId: policy\n    from:").replaceFirst("(?s)        - setBody.*", """
                                - throwException:
                                    id: answer/fail
                                    exceptionType: java.lang.IllegalStateException
                                    message: "no"
                        """));
        start();
        assertThat(asked()).isEqualTo("sorry");

        write("policy", policy.replace("sorry", "so sorry"));

        awaitLog("INFO Edited routes run: changed " + file("policy") + " (policy)");
        assertThat(asked()).isEqualTo("so sorry");
    }

    @Test
    void whatIsUnderWayIsFinishedByTheRoutesItBeganIn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        context.getRegistry().bind("hold", (Processor) exchange -> {
            begun.countDown();
            released.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
        write("ask", ASK.replace("        - to:", "        - process:\n            id: ask/hold\n            ref: hold\n        - to:"));
        start();
        CompletableFuture<Object> answer = template.asyncRequestBody("direct:ask", "");
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        write("answer", ANSWER.replace("before", "after"));
        awaitLog("INFO The reload waits for 1 exchange in flight");
        released.countDown();

        assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("before");
        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(asked()).isEqualTo("after");
    }

    @Test
    void whatBeginsByItselfMeetsAllThatItCallsAlsoWhileRoutesAreReplaced() throws Exception {
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        context.getRegistry().bind("count", (Processor) exchange -> answered.incrementAndGet());
        context.getRegistry().bind("failed", (Processor) exchange -> failed.incrementAndGet());
        write("a-timer", """
                - route:
                    id: a-timer
                    description: Calls answer all the time, and does not wait for it to be there.
                    from:
                      id: a-timer/from
                      uri: timer:ask
                      parameters:
                        delay: 0
                        period: 2
                      steps:
                        - doTry:
                            id: a-timer/try
                            steps:
                              - to:
                                  id: a-timer/answer
                                  uri: direct:answer
                                  parameters:
                                    block: false
                              - process:
                                  id: a-timer/count
                                  ref: count
                            doCatch:
                              - id: a-timer/catch
                                exception:
                                  - java.lang.Exception
                                steps:
                                  - process:
                                      id: a-timer/failed
                                      ref: failed
                """);
        start();
        for (String text : List.of("one", "two", "three")) {
            write("answer", ANSWER.replace("before", text));
            await().atMost(PATIENCE).until(() -> asked().equals(text));
            int before = answered.get();
            await().atMost(PATIENCE).until(() -> answered.get() > before);
        }

        assertThat(failed).hasValue(0);
    }

    @Test
    void mistakes_that_the_routes_run_with_are_logged_at_startup_and_reject_no_edit() throws Exception {
        String literal = ASK.replace("        - to:", """
                        - setHeader:
                            name: X-API-Key
                            expression:
                              constant:
                                expression: hunter2-hunter2
                """ + "        - to:");
        write("ask", literal);
        start();
        assertThat(log.lines()).singleElement().asString().startsWith(
                "WARN The routes run with mistakes: " + file("ask") + ":12: SECRET_LITERAL ");

        write("answer", ANSWER.replace("before", "after"));
        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(asked()).isEqualTo("after");

        write("ask", literal.replace("direct:answer", "direct:nobody"));
        awaitLog("WARN Edit rejected, the routes run unchanged: " + file("ask") + ":15: DIRECT_WITHOUT_CONSUMER ");
        assertThat(log.lines()).hasSize(3);
        assertThat(asked()).isEqualTo("after");
    }

    @Test
    void anEditMadeWhileTheServiceStartsIsTakenUp() throws Exception {
        LiveReload reload = LiveReload.of(routes, settings);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(context).findResources("file:" + routes + "/*.yaml"));
        write("answer", ANSWER.replace("before", "after"));
        context.start();
        template = context.createProducerTemplate();

        reload.watch(context);

        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(asked()).isEqualTo("after");
    }

    @Test
    void whatAnEditorKeepsBesideAFileIsNoRoute() throws Exception {
        start();

        Files.writeString(routes.resolve(".answer.camel.yaml"), "- route: [");
        Files.writeString(routes.resolve("answer.camel.yaml~"), "- route: [");
        Files.createSymbolicLink(routes.resolve(".#answer.camel.yaml"), Path.of("somebody@somewhere.1"));
        write("answer", ANSWER.replace("before", "after"));

        awaitLog("INFO Edited routes run: changed " + file("answer") + " (answer)");
        assertThat(log.lines()).hasSize(1);
    }

    private String asked() {
        Exchange exchange = template.request("direct:ask", unasked -> {
        });
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(String.class);
    }

    /** As an editor saves. */
    private void write(String route, String text) throws IOException {
        Path part = Files.writeString(directory.resolve("part"), text);
        Files.move(part, routes.resolve(route + ".camel.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String file(String route) {
        return routes.resolve(route + ".camel.yaml").toString();
    }

    private void awaitLog(String text) {
        await(text).atMost(PATIENCE).untilAsserted(() -> assertThat(log.lines()).anyMatch(line -> line.startsWith(text)));
    }
}
