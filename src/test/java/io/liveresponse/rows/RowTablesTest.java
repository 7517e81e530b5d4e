package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables survive a death at any point. */
@Tag("integration")
class RowTablesTest {

    private static final RowRule RULE = Rules.rule("format: json-lines", "columns: [{name: n, type: integer, required: true}]");
    private static final int ROWS = 20;
    private static final int RESULTS = 100;

    @TempDir
    Path directory;

    @Test
    void what_a_death_before_the_commit_left_is_cut_off_and_the_result_is_added_once() throws Exception {
        deliver(tables(1 << 20), 1);
        Map<String, String> before = contents();
        Map<String, Long> sizes = new java.util.HashMap<>();
        for (String file : before.keySet()) {
            sizes.put(file, Files.size(directory.resolve(file)));
            Files.writeString(directory.resolve(file), "torn", StandardOpenOption.APPEND);
        }
        TableState.write(directory.resolve(".state/intent.json"), new TableState.Intent("ab".repeat(32), sizes));

        RowTables after = tables(1 << 20);
        deliver(after, 1);
        assertThat(contents()).isEqualTo(before);
        deliver(after, 2);
        assertThat(rowIds()).hasSize(2 * ROWS).doesNotHaveDuplicates();
        assertThat(directory.resolve(".state/intent.json")).doesNotExist();
    }

    @Test
    void a_death_behind_the_commit_keeps_what_was_added() throws Exception {
        RowTables tables = tables(1 << 20);
        RowSummary summary = deliver(tables, 1);
        Map<String, String> before = contents();
        Map<String, Long> sizes = new java.util.HashMap<>();
        before.keySet().forEach(file -> sizes.put(file, 0L));
        TableState.write(directory.resolve(".state/intent.json"), new TableState.Intent(RowTables.marker(summary), sizes));

        deliver(tables(1 << 20), 1);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_full_file_is_followed_by_another_with_its_own_header() throws Exception {
        RowTables tables = tables(1);
        for (int i = 0; i < 3; i++) {
            deliver(tables, i);
        }

        for (String file : List.of("a/2026-11-01.csv", "a/2026-11-01.2.csv", "a/2026-11-01.3.csv")) {
            assertThat(Files.readAllLines(directory.resolve(file))).hasSize(ROWS + 1).first().asString()
                    .startsWith("\"tenant\",\"deviceId\",");
        }
        assertThat(rowIds()).hasSize(3 * ROWS).doesNotHaveDuplicates();
    }

    @Test
    void a_result_that_is_not_committed_leaves_nothing() throws Exception {
        RowTables tables = tables(1 << 20);
        RowTableWriter writer = tables.open(stream(1));
        tables.write(List.of(stream(1).next()), writer);
        assertThat(directory.resolve(".state/parts")).isNotEmptyDirectory();
        writer.close();

        assertThat(directory.resolve(".state/parts")).isEmptyDirectory();
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void a_process_killed_again_and_again_ends_with_every_row_once_in_both_files() throws Exception {
        int kills = Boolean.getBoolean("live-response.long") ? 50 : 5;
        Random random = new Random(20261101);
        for (int kill = 0; kill < kills; kill++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp", System.getProperty("java.class.path"), Deliverer.class.getName(), directory.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (var printed = process.inputReader()) {
                // dies at whatever it does after so many results
                int results = 1 + random.nextInt(RESULTS / kills * 2);
                for (int i = 0; i < results && printed.readLine() != null; i++) {
                    // a line a result
                }
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        Deliverer.main(new String[]{directory.toString()});

        assertThat(rowIds()).hasSize(RESULTS * ROWS).doesNotHaveDuplicates();
        List<String> csv = new ArrayList<>();
        for (Path file : files(".csv")) {
            csv.addAll(Files.readAllLines(file));
        }
        csv.removeIf(line -> line.startsWith("\"tenant\""));
        assertThat(csv).hasSize(RESULTS * ROWS);
        RowFeed feed = new RowFeed(tables(1 << 20), 1_000, 1 << 20);
        List<String> fed = new ArrayList<>();
        try (RowBatches batches = feed.batches("test")) {
            while (batches.hasNext()) {
                RowBatch batch = batches.next();
                batch.rows().forEach(row -> fed.add(row.rowId()));
                feed.commit(batch);
            }
        }
        assertThat(fed).hasSize(RESULTS * ROWS).doesNotHaveDuplicates();
    }

    @Test
    void a_feed_gives_every_row_once_in_order_and_again_what_was_not_committed() throws Exception {
        RowTables tables = tables(3_000);
        for (int i = 0; i < 5; i++) {
            deliver(tables, i);
        }
        RowFeed feed = new RowFeed(tables, 7, 1 << 20);
        List<RowBatch> first = new ArrayList<>();
        feed.batches("a").forEachRemaining(first::add);
        assertThat(first.stream().mapToInt(batch -> batch.rows().size()).toArray()).hasSize(15).startsWith(7, 7).endsWith(2);
        assertThatThrownBy(() -> feed.commit(first.get(1))).isInstanceOf(IllegalStateException.class);
        for (RowBatch batch : first.subList(0, 3)) {
            feed.commit(batch);
        }

        List<String> rest = new ArrayList<>();
        new RowFeed(tables(3_000), 1_000, 2_000).batches("a").forEachRemaining(batch -> {
            assertThat(batch.jsonLines().length()).isLessThanOrEqualTo(2_000);
            batch.rows().forEach(row -> rest.add(row.rowId()));
        });
        List<String> all = rowIds();
        assertThat(rest).isEqualTo(first.subList(3, 15).stream().flatMap(batch -> batch.rows().stream()).map(RowLine::rowId).toList())
                .hasSize(5 * ROWS - 21).doesNotHaveDuplicates();
        assertThat(new HashSet<>(all)).containsAll(rest);
        try (RowBatches fresh = feed.batches("new"); RowBatches second = feed.batches("new")) {
            assertThat(fresh.next().rows()).hasSize(7);
            assertThat(second.hasNext()).as("read twice at a time").isFalse();
        }
    }

    private RowTables tables(long maxBytes) {
        return new RowTables(directory, maxBytes, Clock.systemUTC());
    }

    private static RowSummary deliver(RowTables tables, int number) throws Exception {
        try (RowTableWriter writer = tables.open(stream(number))) {
            List<RowItem> items = new ArrayList<>();
            stream(number).forEachRemaining(items::add);
            tables.write(items, writer);
            return writer.commit();
        }
    }

    private static RowStream stream(int number) {
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            output.append("{\"n\":").append(i).append("}\n");
        }
        RowOrigin origin = Rules.ORIGIN;
        return new RowStream(RULE, new RowOrigin("contoso/" + number + "/0", origin.tenant(), origin.deviceId(), origin.deviceName(),
                origin.machineActionId(), 0, origin.scriptName(), null, origin.time()), new StringReader(output.toString()),
                RowReader.EMPTY);
    }

    private List<Path> files(String suffix) throws IOException {
        try (var files = Files.list(directory.resolve("a"))) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    private List<String> rowIds() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files(".jsonl")) {
            for (String line : Files.readAllLines(file)) {
                ids.add(new ObjectMapper().readTree(line).get("rowId").asText());
            }
        }
        return ids;
    }

    /** The text of each file of the tables and of the feed's log. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new java.util.TreeMap<>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (name.startsWith("a/") || name.startsWith(".state/feed/")) {
                    contents.put(name, Files.readString(file));
                }
            }
        }
        return contents;
    }

    /** Delivers all results, each from the beginning, and prints a line for each. */
    static final class Deliverer {

        private Deliverer() {
        }

        public static void main(String[] args) throws Exception {
            RowTables tables = new RowTables(Path.of(args[0]), 500_000, Clock.systemUTC());
            for (int i = 0; i < RESULTS; i++) {
                deliver(tables, i);
                System.out.println(i);
            }
        }
    }
}
