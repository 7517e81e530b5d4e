package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.SmallHeapJvm;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RunRecord;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.RunResult;
import io.liveresponse.model.RunTable;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 5 for the table of a run: its files and its mail are made in a heap of 64 MB, however many devices there are. */
@Tag("integration")
class LargeTableTest {

    private static final int DEVICES = 60_000;
    private static final String RUN = "11111111-2222-4333-8444-555555555555";

    @TempDir
    Path directory;

    @Test
    void a_table_of_60000_devices_becomes_csv_html_json_and_text_in_a_heap_of_64_mb() throws Exception {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory))) {
            List<NewRun.Device> devices = IntStream.rangeClosed(1, DEVICES)
                    .mapToObj(number -> new NewRun.Device(String.format("%040x", number), "ws-" + number + ".corp.contoso.com",
                            "the device is retired; take it from the list, or bring it back under its old name (row " + number + ")"))
                    .toList();
            ledger(database).runs().add(new NewRun(RUN, "contoso", "[]", "Get-Health.ps1", null, "CHG-1234",
                    Instant.now().plus(Duration.ofHours(4)), devices));
        }

        String[] sizes = SmallHeapJvm.run(directory.resolve("answer"), Reader.class, directory.toString()).split(" ");

        assertThat(sizes).startsWith("{refused=" + DEVICES + "}", "lines=" + (DEVICES + 1));
        assertThat(Long.parseLong(sizes[2])).as("bytes of JSON").isGreaterThan(200L * DEVICES);
        assertThat(Long.parseLong(sizes[3])).as("characters of the page").isBetween(100_000L, 1_000_000L);
        assertThat(Long.parseLong(sizes[4])).as("characters of the mail's text").isBetween(100_000L, 1_000_000L);
    }

    private static Ledger ledger(LedgerDatabase database) {
        return new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
    }

    /** Makes the table in the small heap. */
    static final class Reader {

        private Reader() {
        }

        public static void main(String[] arguments) throws IOException {
            try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(Path.of(arguments[0])))) {
                RunRecord run = ledger(database).runs().find(RUN).orElseThrow();
                RunTable table = new RunTables(ledger(database).runs()).of(run);
                RunResult result = new RunResult(new ResultKey("contoso", RUN, 0), Outcome.FAILED, table);
                long lines = 0;
                try (InputStream csv = RunPages.csv(result)) {
                    for (int next = csv.read(); next >= 0; next = csv.read()) {
                        lines += next == '\n' ? 1 : 0;
                    }
                }
                long json = RunPages.json(result).transferTo(OutputStream.nullOutputStream());
                System.out.println(table.ends() + " lines=" + lines + " " + json + " " + RunPages.html(result).length() + " "
                        + RunPages.text(result).length());
            }
        }
    }
}
