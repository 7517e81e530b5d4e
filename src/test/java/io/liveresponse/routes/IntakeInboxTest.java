package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.CapturedLog;
import io.liveresponse.intake.RequestChunk;
import io.liveresponse.intake.RequestEntry;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** The inbox alone: whoever accepts a request is played by this test. */
class IntakeInboxTest extends RoutesTestSupport {

    private static final String GOOD = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ACTION + "\",\"commandIndex\":";

    private static final List<String> ROUTES = List.of("intake-inbox", "intake-file", "accept-requests", "intake-errors");

    private final List<Request> accepted = new CopyOnWriteArrayList<>();

    /** What happens before each chunk is accepted. */
    private Callable<Void> before = () -> null;

    /** In the place of the worker's. */
    public final class Accepting {

        public List<RequestEntry> acceptAll(@Body RequestChunk chunk) throws Exception {
            before.call();
            accepted.addAll(chunk.requests());
            return chunk.rejected();
        }
    }

    private void startInbox() throws Exception {
        set("live-response.intake.inbox.enabled", "true");
        set("live-response.worker.enabled", "true");
        beans.put("liveResponseWork", new Accepting());
        start(ROUTES);
    }

    /** Written under another name first, as the documentation asks for. */
    private void drop(String name, byte[] content) throws Exception {
        Path inbox = Files.createDirectories(data().resolve("inbox"));
        Path part = Files.write(inbox.resolve(name + ".part"), content);
        Files.move(part, inbox.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void drop(String name, String content) throws Exception {
        drop(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitTaken(int files) {
        await().atMost(Duration.ofSeconds(30)).until(() -> filesIn(data().resolve("accepted")).size() == files);
        assertThat(data().resolve("inbox")).isDirectoryNotContaining(file -> Files.isRegularFile(file));
    }

    private List<JsonNode> rejectedOf(String name) throws Exception {
        List<JsonNode> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(data().resolve("rejected"))) {
            Path file = files.filter(path -> path.toString().endsWith("-" + name + ".rejected.jsonl")).findFirst().orElseThrow();
            for (String line : Files.readAllLines(file)) {
                entries.add(new ObjectMapper().readTree(line));
            }
        }
        return entries;
    }

    private List<Integer> indexes() {
        return accepted.stream().map(Request::commandIndex).sorted().toList();
    }

    @Test
    void requestsInEveryFormAreAcceptedAndTheFilesMoved() throws Exception {
        startInbox();
        drop("a.json", GOOD + "1}");
        drop("b.json", "[" + GOOD + "2},\n" + GOOD + "3}]");
        drop("c.jsonl", GOOD + "4}\n\n" + GOOD + "5}\r\n");
        drop("d.csv", "tenant,machineActionId,commandIndex\ncontoso," + ACTION + ",6\n");
        drop("e.csv", "\uFEFFtenant;machineActionId;commandIndex\r\n\"contoso\";" + ACTION + ";7\r\n");
        drop("f.csv", "commandIndex,tenant,machineActionId\n8, contoso ," + ACTION.toUpperCase() + "\n");

        awaitTaken(6);

        assertThat(indexes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(accepted).allMatch(request -> request.tenant().equals("contoso") && request.machineActionId().equals(ACTION));
        assertThat(filesIn(data().resolve("accepted")).keySet()).allMatch(name -> name.matches("\\d{8}-\\d{9}-[a-f]\\.(json|jsonl|csv)"));
        assertThat(data().resolve("rejected")).doesNotExist();
    }

    @Test
    void whatIsNoRequestIsRejectedWithItsReasonAndTheRestGoesOn() throws Exception {
        startInbox();
        drop("mixed.jsonl", String.join("\n", GOOD + "0}", "not json", GOOD + "1}", GOOD.replace("contoso", "nobody") + "2}",
                GOOD.replace(ACTION, "not-a-guid") + "3}", GOOD + "-1}", GOOD + "4}"));

        awaitTaken(1);

        assertThat(indexes()).containsExactly(0, 1, 4);
        List<JsonNode> rejected = rejectedOf("mixed.jsonl");
        assertThat(rejected).extracting(entry -> entry.path("line").asInt()).containsExactly(2, 4, 5, 6);
        assertThat(rejected).extracting(entry -> entry.path("code").asText())
                .containsExactly("REQUEST_INVALID", "REQUEST_TENANT_UNKNOWN", "REQUEST_INVALID", "REQUEST_INVALID");
        assertThat(rejected).allSatisfy(entry -> assertThat(entry.path("reason").asText()).isNotBlank());
        assertThat(rejected.get(0).path("text").asText()).isEqualTo("not json");
    }

    @Test
    void rejectionsLieBesideAnInboxThatIsElsewhere() throws Exception {
        Path inbox = directory.resolve("mail room/in");
        set("live-response.intake.inbox.directory", inbox);
        startInbox();

        Files.move(Files.writeString(inbox.resolve("x.part"), "not json\n"), inbox.resolve("odd & ?name=${body} 100%.jsonl"));

        await().atMost(Duration.ofSeconds(30)).until(() -> filesIn(directory.resolve("mail room/accepted")).size() == 1);
        assertThat(filesIn(directory.resolve("mail room/rejected")).keySet()).singleElement().asString()
                .endsWith("-odd & ?name=${body} 100%.jsonl.rejected.jsonl");
    }

    @Test
    void rejectionsLieWhereTheSettingSays() throws Exception {
        set("live-response.intake.rejected-directory", directory.resolve("no requests"));
        startInbox();
        drop("x.jsonl", "not json\n");

        awaitTaken(1);

        assertThat(filesIn(directory.resolve("no requests")).keySet()).singleElement().asString().endsWith("-x.jsonl.rejected.jsonl");
        assertThat(data().resolve("rejected")).doesNotExist();
    }

    @Test
    void badLinesOfACsvFileCostThoseLinesOnly() throws Exception {
        startInbox();
        drop("mixed.csv",
                "tenant,machineActionId,commandIndex\ncontoso," + ACTION + ",0\nnobody," + ACTION + ",1\ncontoso,x,2\ncontoso," + ACTION
                        + ",many\ncontoso," + ACTION + ",5\n");

        awaitTaken(1);

        assertThat(indexes()).containsExactly(0, 5);
        assertThat(rejectedOf("mixed.csv")).extracting(entry -> entry.path("code").asText())
                .containsExactly("REQUEST_TENANT_UNKNOWN", "REQUEST_INVALID", "REQUEST_INVALID");
    }

    @Test
    void filesWithoutAnyRequestAreTakenAndExplained() throws Exception {
        startInbox();
        drop("text.txt", "hello there\n");
        drop("binary.json", new byte[]{(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        drop("broken.json", "[" + GOOD + "9}, {");

        awaitTaken(3);

        assertThat(indexes()).containsExactly(9);
        for (String name : List.of("text.txt", "binary.json", "broken.json")) {
            assertThat(rejectedOf(name)).as(name).singleElement()
                    .satisfies(entry -> assertThat(entry.path("code").asText()).isEqualTo("REQUEST_INVALID"));
        }
    }

    @Test
    void aFileStillBeingWrittenUnderAnotherNameIsLetBe() throws Exception {
        startInbox();
        Path inbox = Files.createDirectories(data().resolve("inbox"));
        Files.writeString(inbox.resolve("later.json.part"), GOOD + "1}");
        drop("now.json", GOOD + "2}");

        await().atMost(Duration.ofSeconds(30)).until(() -> filesIn(data().resolve("accepted")).size() == 1);

        assertThat(indexes()).containsExactly(2);
        assertThat(inbox.resolve("later.json.part")).exists();
    }

    @Test
    void anEmptyFileIsTakenOnceNobodyFillsItAndKeepsNoOtherWaiting() throws Exception {
        startInbox();
        Path inbox = Files.createDirectories(data().resolve("inbox"));
        Path forgotten = Files.createFile(inbox.resolve("forgotten.csv.part"));
        Files.setLastModifiedTime(forgotten, FileTime.from(Instant.now().minusSeconds(120)));
        Files.move(forgotten, inbox.resolve("forgotten.csv"));
        Path opened = Files.createFile(inbox.resolve("opened.json"));
        drop("z.json", GOOD + "3}");

        await().atMost(Duration.ofSeconds(30)).until(() -> filesIn(data().resolve("accepted")).size() == 2);

        assertThat(indexes()).containsExactly(3);
        assertThat(rejectedOf("forgotten.csv")).singleElement()
                .satisfies(entry -> assertThat(entry.path("code").asText()).isEqualTo("REQUEST_INVALID"));
        assertThat(opened).exists();
    }

    @Test
    void tenThousandLinesAreTakenOneByOne() throws Exception {
        startInbox();
        drop("many.jsonl", IntStream.range(0, 10_000).mapToObj(i -> GOOD + i % 10_000 + "}").collect(Collectors.joining("\n")));

        awaitTaken(1);

        assertThat(accepted).hasSize(10_000);
        assertThat(indexes().stream().distinct()).hasSize(10_000);
    }

    @Test
    void a_file_that_is_replaced_while_it_is_read_is_read_as_well() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch replaced = new CountDownLatch(1);
        before = () -> {
            reading.countDown();
            assertThat(replaced.await(1, TimeUnit.MINUTES)).isTrue();
            return null;
        };
        startInbox();
        drop("a.jsonl", GOOD + "1}");
        assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();

        drop("a.jsonl", GOOD + "2}");
        replaced.countDown();

        awaitTaken(2);
        assertThat(indexes()).containsExactly(1, 2);
    }

    @Test
    void a_file_that_was_being_read_when_the_process_died_is_read_again() throws Exception {
        Files.writeString(Files.createDirectories(data().resolve("inbox/reading")).resolve("20260101-000000000-a.jsonl"), GOOD + "1}\n{");
        startInbox();

        awaitTaken(1);

        assertThat(indexes()).containsExactly(1);
        assertThat(data().resolve("inbox/reading")).isEmptyDirectory();
        assertThat(data().resolve("rejected/20260101-000000000-a.jsonl.rejected.jsonl")).exists();
    }

    @Test
    void an_outage_of_the_ledger_keeps_the_file_waiting_and_logs_nothing_per_retry() throws Exception {
        AtomicInteger left = new AtomicInteger(2);
        before = () -> {
            if (left.getAndDecrement() > 0) {
                throw new LiveResponseException(FailureCode.LEDGER_UNAVAILABLE, "the ledger does not answer: as the test wants");
            }
            return null;
        };
        try (CapturedLog log = new CapturedLog("", Level.WARN)) {
            startInbox();
            drop("a.jsonl", GOOD + "1}\n" + GOOD + "2}");

            awaitTaken(1);

            assertThat(log.lines()).isEmpty();
        }
        assertThat(indexes()).containsExactly(1, 2);
        assertThat(left).hasValue(-1);
    }

    @Test
    void rejected_entries_of_a_file_are_counted_in_one_warning() throws Exception {
        try (CapturedLog log = new CapturedLog("io.liveresponse.intake", Level.WARN)) {
            startInbox();
            drop("good.jsonl", GOOD + "0}");
            drop("mixed.jsonl", GOOD + "1}\nno\n" + GOOD + "2}\nno\nno");

            awaitTaken(2);

            assertThat(log.lines()).singleElement().asString()
                    .matches(
                            "WARN requests accepted: 2, entries rejected: 3; see .*/rejected/\\d{8}-\\d{9}-mixed\\.jsonl\\.rejected\\.jsonl");
        }
        assertThat(rejectedOf("mixed.jsonl")).hasSize(3);
    }

    @Test
    void an_entry_over_the_limit_is_one_rejected_entry_and_the_rest_goes_on() throws Exception {
        set("live-response.intake.max-entry-size", 1_000);
        startInbox();
        drop("long.jsonl", GOOD + "1}\n" + GOOD + "2,\"note\":\"" + "x".repeat(1_000) + "\"}\n" + GOOD + "3}");

        awaitTaken(1);

        assertThat(indexes()).containsExactly(1, 3);
        assertThat(rejectedOf("long.jsonl")).extracting(entry -> entry.path("code").asText()).containsExactly("REQUEST_TOO_LARGE");
    }

    @Test
    void anInboxThatIsSwitchedOffTakesNothing() throws Exception {
        set("live-response.intake.inbox.enabled", "false");
        start(ROUTES);

        assertThat(context.getRoutes()).isEmpty();
    }
}
