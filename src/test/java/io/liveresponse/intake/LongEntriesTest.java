package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.SmallHeapJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 5 at the intake: memory grows neither with a file nor with an entry. */
class LongEntriesTest {

    @TempDir
    Path directory;

    @Test
    void an_entry_of_100_mb_is_one_rejected_entry_in_a_heap_of_64_mb_and_the_rest_is_read() throws Exception {
        assertThat(SmallHeapJvm.run(directory.resolve("answer"), LongEntries.class).lines()).containsExactly(
                "array-name: accepted REQUEST_TOO_LARGE accepted",
                "array-nested: accepted REQUEST_TOO_LARGE",
                "array-number: accepted REQUEST_TOO_LARGE accepted",
                "array-string: accepted REQUEST_TOO_LARGE accepted",
                "blank-line: accepted REQUEST_TOO_LARGE accepted",
                "csv-cell: accepted REQUEST_TOO_LARGE accepted",
                "csv-header: REQUEST_INVALID",
                "csv-quoted: accepted REQUEST_TOO_LARGE accepted",
                "lines: accepted REQUEST_TOO_LARGE accepted");
    }
}
