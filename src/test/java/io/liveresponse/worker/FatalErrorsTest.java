package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> halts = new ArrayList<>();
    private final FatalErrors errors = new FatalErrors(new PrintStream(out, true), halts::add);

    private void failIn(String thread, Runnable work) throws InterruptedException {
        Thread failing = new Thread(work, thread);
        failing.setUncaughtExceptionHandler(errors);
        failing.start();
        failing.join();
    }

    @Test
    void an_error_of_the_virtual_machine_ends_the_process_with_a_message_and_an_exit_code() throws Exception {
        failIn("worker-1", () -> {
            throw new OutOfMemoryError("Java heap space");
        });

        assertThat(halts).containsExactly(FatalErrors.EXIT_CODE);
        assertThat(out.toString()).containsOnlyOnce("exit code 70").contains("Java heap space", "worker-1").hasLineCount(1);
    }

    @Test
    void an_error_that_camel_has_wrapped_into_an_exception_ends_it_too() throws Exception {
        failIn("worker-2", () -> FatalErrors.rethrow(new RuntimeCamelException(new OutOfMemoryError("Metaspace"))));

        assertThat(halts).isNotEmpty().containsOnly(FatalErrors.EXIT_CODE);
    }

    @Test
    void any_other_error_does_not_end_it() throws Exception {
        failIn("worker-3", () -> {
            throw new NoClassDefFoundError("x");
        });
        assertThatCode(() -> FatalErrors.rethrow(new RuntimeCamelException(new StackOverflowError()))).doesNotThrowAnyException();
        assertThatCode(() -> FatalErrors.rethrow(null)).doesNotThrowAnyException();

        assertThat(halts).isEmpty();
        assertThat(out.toString()).contains("NoClassDefFoundError", "worker-3");
    }

    @Test
    void the_error_itself_is_thrown_on() {
        Thread.currentThread().setUncaughtExceptionHandler(errors);
        try {
            OutOfMemoryError error = new OutOfMemoryError("x");
            assertThatThrownBy(() -> FatalErrors.rethrow(new RuntimeCamelException(error))).isSameAs(error);
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
        assertThat(halts).containsExactly(FatalErrors.EXIT_CODE);
    }
}
