package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailureMessageTest {

    @Test
    void a_path_alone_says_less_than_what_was_to_be_done_with_it() {
        Exception failure = new IllegalStateException("Camel failed", new UncheckedIOException(
                "the data directory /data cannot be written; see live-response.data-directory", new AccessDeniedException("/data")));

        assertThat(FailureMessage.explain(failure))
                .isEqualTo("the data directory /data cannot be written; see live-response.data-directory");
    }

    @Test
    void otherwise_the_innermost_cause_is_told() {
        assertThat(FailureMessage.explain(new IllegalStateException("Camel failed", new SQLException("no such table"))))
                .isEqualTo("no such table");
        assertThat(FailureMessage.explain(new AccessDeniedException("/data"))).isEqualTo("/data");
    }
}
