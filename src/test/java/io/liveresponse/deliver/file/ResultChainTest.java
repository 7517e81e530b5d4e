package io.liveresponse.deliver.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.deliver.file.ChainProblem.Code;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultChainTest {

    private static final String ACTION = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final String FRIDAY = "results-2026-11-20.jsonl";
    private static final String SATURDAY = "results-2026-11-21.jsonl";

    @TempDir
    private Path root;

    @Test
    void each_line_holds_the_digest_of_the_line_before_and_of_its_files() throws Exception {
        deliver(3);

        List<String> lines = Files.readAllLines(root.resolve(FRIDAY));
        assertThat(lines).hasSize(3);
        assertThat(json(lines.get(0)).path("previous").asText()).isEqualTo("0".repeat(64));
        for (int i = 1; i < lines.size(); i++) {
            assertThat(json(lines.get(i)).path("previous").asText()).isEqualTo(DigestUtils.sha256Hex(lines.get(i - 1)));
        }
        JsonNode line = json(lines.get(1));
        assertThat(line.path("tenant").asText()).isEqualTo("contoso");
        assertThat(line.path("commandIndex").asInt()).isEqualTo(1);
        assertThat(line.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(line.path("files").path("contoso/" + ACTION + "/1.result.json").asText()).isEqualTo(DigestUtils.sha256Hex("result 1"));
        assertThat(line.has("output")).isFalse();
        assertThat(verify()).isEmpty();
    }

    @Test
    void a_removed_line_shows_wherever_it_stood() throws Exception {
        for (int removed = 0; removed < 4; removed++) {
            Path before = root;
            root = Files.createDirectory(before.resolve("removed-" + removed));
            deliver(4);
            List<String> lines = new ArrayList<>(Files.readAllLines(root.resolve(FRIDAY)));
            lines.remove(removed);
            Files.write(root.resolve(FRIDAY), lines);

            assertThat(codes()).as("line %s", removed).containsAnyOf(Code.CHAIN_BROKEN, Code.CHAIN_CUT);
            root = before;
        }
    }

    @Test
    void an_altered_line_shows_wherever_it_stands() throws Exception {
        for (int altered = 0; altered < 4; altered++) {
            Path before = root;
            root = Files.createDirectory(before.resolve("altered-" + altered));
            deliver(4);
            List<String> lines = new ArrayList<>(Files.readAllLines(root.resolve(FRIDAY)));
            lines.set(altered, lines.get(altered).replace("succeeded", "succeedeD"));
            Files.write(root.resolve(FRIDAY), lines);

            assertThat(codes()).as("line %s", altered).containsExactly(Code.CHAIN_BROKEN);
            root = before;
        }
    }

    @Test
    void a_last_line_that_was_removed_still_shows_after_the_next_result() throws Exception {
        deliver(3);
        List<String> lines = Files.readAllLines(root.resolve(FRIDAY));
        Files.write(root.resolve(FRIDAY), lines.subList(0, 2));

        deliver(friday(), 7);

        assertThat(verify()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.CHAIN_BROKEN);
            assertThat(problem.toString()).startsWith(FRIDAY + ":3: CHAIN_BROKEN ").contains(FRIDAY + ":2").contains(" — ");
        });
    }

    @Test
    void a_whole_day_that_was_removed_shows() throws Exception {
        deliver(2);
        deliver(saturday(), 5);
        assertThat(verify()).isEmpty();

        Files.delete(root.resolve(FRIDAY));

        assertThat(verify()).extracting(ChainProblem::file, ChainProblem::line, ChainProblem::code)
                .containsExactly(tuple(SATURDAY, 1, Code.CHAIN_BROKEN));
    }

    @Test
    void a_clock_that_goes_back_over_midnight_does_not_go_back_in_the_chain() throws Exception {
        deliver(saturday(), 0);
        deliver(friday(), 1);

        assertThat(Files.readAllLines(root.resolve(SATURDAY))).hasSize(2);
        assertThat(root.resolve(FRIDAY)).doesNotExist();
        assertThat(verify()).isEmpty();
    }

    @Test
    void a_process_that_died_in_mid_line_leaves_a_line_that_shows_and_is_mended_by_the_next_result() throws Exception {
        deliver(2);
        String whole = Files.readAllLines(root.resolve(FRIDAY)).get(1);
        for (int length : new int[]{1, 40, whole.length()}) {
            Files.writeString(root.resolve(FRIDAY), whole.substring(0, length), StandardOpenOption.APPEND);
            assertThat(codes()).containsExactly(Code.LINE_TORN);

            deliver(friday(), 10 + length);

            assertThat(verify()).isEmpty();
        }
        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(5).allSatisfy(line -> json(line));
    }

    @Test
    void a_process_that_died_in_mid_line_of_the_very_first_line_leaves_nothing_behind() throws Exception {
        Files.writeString(root.resolve(FRIDAY), "{\"tenant\":\"con");

        deliver(1);

        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(1);
        assertThat(verify()).isEmpty();
    }

    @Test
    void a_process_that_died_between_line_and_head_breaks_nothing() throws Exception {
        deliver(2);
        byte[] head = Files.readAllBytes(root.resolve("results.head"));
        deliver(friday(), 2);
        deliver(saturday(), 3);
        Files.write(root.resolve("results.head"), head);
        assertThat(verify()).isEmpty();

        deliver(saturday(), 4);

        assertThat(verify()).isEmpty();
        assertThat(Files.readAllLines(root.resolve(SATURDAY))).hasSize(2);
    }

    @Test
    void a_head_that_was_removed_shows() throws Exception {
        deliver(2);
        Files.delete(root.resolve("results.head"));

        assertThat(codes()).containsExactly(Code.HEAD_MISSING);
    }

    @Test
    void a_result_that_is_delivered_again_gets_no_second_line_unless_it_differs() throws Exception {
        deliver(3);
        deliver(friday(), 1);
        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(3);

        Files.writeString(file(1), "result 1 as it came the second time");
        new ResultChain(root, friday()).append(result(1), "contoso/" + ACTION);

        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(4);
        assertThat(verify()).isEmpty();
    }

    @Test
    void a_file_that_is_gone_altered_or_outside_shows_with_its_line() throws Exception {
        deliver(3);
        Files.delete(file(0));
        Files.writeString(file(2), "result two");

        assertThat(verify()).extracting(ChainProblem::line, ChainProblem::code).containsExactly(
                tuple(1, Code.FILE_MISSING), tuple(3, Code.FILE_ALTERED));
    }

    @Test
    void a_file_that_expired_may_be_gone_but_not_be_altered() throws Exception {
        deliver(3);
        Files.delete(file(0));
        Files.writeString(file(2), "result two");
        LocalDate day = LocalDate.parse(FRIDAY.replaceFirst("results-(.*)\\.jsonl", "$1"));

        assertThat(new ChainVerifier(root, day).verify()).extracting(ChainProblem::line, ChainProblem::code)
                .containsExactly(tuple(3, Code.FILE_ALTERED));
        assertThat(new ChainVerifier(root, day.minusDays(1)).verify()).extracting(ChainProblem::code)
                .containsExactly(Code.FILE_MISSING, Code.FILE_ALTERED);
    }

    @Test
    void a_line_that_names_a_file_outside_is_not_followed_there() throws Exception {
        Files.writeString(root.resolve(FRIDAY), "{\"previous\":\"" + "0".repeat(64) + "\",\"files\":{\"../../etc/passwd\":\"x\"}}\n");

        assertThat(codes()).contains(Code.FILE_OUTSIDE).doesNotContain(Code.FILE_ALTERED, Code.FILE_MISSING);
    }

    @Test
    void results_without_any_record_show_and_an_empty_directory_is_well() throws Exception {
        assertThat(verify()).isEmpty();
        Files.createDirectories(root.resolve("contoso"));
        assertThat(codes()).containsExactly(Code.CHAIN_MISSING);
    }

    @Test
    void many_threads_of_several_contexts_write_one_chain() throws Exception {
        int writers = 4;
        int each = 15;
        ExecutorService threads = Executors.newFixedThreadPool(2 * writers);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                ResultChain chain = new ResultChain(root, friday());
                for (int i = 0; i < each; i++) {
                    int index = writer * each + i;
                    done.add(threads.submit(() -> {
                        write(index);
                        chain.append(result(index), "contoso/" + ACTION);
                        return null;
                    }));
                }
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(writers * each);
        assertThat(verify()).isEmpty();
    }

    @Test
    void a_fault_is_told_to_every_thread_that_waits_and_costs_the_next_result_nothing() throws Exception {
        Files.createDirectory(root.resolve(FRIDAY));
        ResultChain chain = new ResultChain(root, friday());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int index = i;
                results.add(() -> {
                    write(index);
                    chain.append(result(index), "contoso/" + ACTION);
                    return null;
                });
            }

            for (Future<Void> refused : threads.invokeAll(results)) {
                assertThatThrownBy(refused::get).cause().isInstanceOf(LiveResponseException.class)
                        .extracting(fault -> ((LiveResponseException) fault).getCode()).isEqualTo(FailureCode.DELIVERY_NOT_STORED);
            }
            Files.delete(root.resolve(FRIDAY));
            for (Future<Void> written : threads.invokeAll(results)) {
                written.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Files.readAllLines(root.resolve(FRIDAY))).hasSize(4);
        assertThat(verify()).isEmpty();
    }

    private void deliver(int results) throws Exception {
        for (int i = 0; i < results; i++) {
            deliver(friday(), i);
        }
    }

    private void deliver(Clock clock, int index) throws Exception {
        write(index);
        new ResultChain(root, clock).append(result(index), "contoso/" + ACTION);
    }

    private void write(int index) throws IOException {
        Files.createDirectories(file(index).getParent());
        Files.writeString(file(index), "result " + index);
    }

    private Path file(int index) {
        return root.resolve("contoso").resolve(ACTION).resolve(index + ".result.json");
    }

    private List<ChainProblem> verify() throws IOException {
        return new ChainVerifier(root).verify();
    }

    private List<Code> codes() throws IOException {
        return verify().stream().map(ChainProblem::code).toList();
    }

    private static Result result(int index) {
        return new Result(new ResultKey("contoso", ACTION, index), Outcome.SUCCEEDED, 0, "collect.ps1", CapturedText.EMPTY,
                CapturedText.EMPTY, null, ActionFacts.UNKNOWN, null);
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    private static Clock friday() {
        return Clock.fixed(Instant.parse("2026-11-20T23:59:59Z"), ZoneOffset.UTC);
    }

    private static Clock saturday() {
        return Clock.fixed(Instant.parse("2026-11-21T00:00:01Z"), ZoneOffset.UTC);
    }
}
