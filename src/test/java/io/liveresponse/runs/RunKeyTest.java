package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunKeyTest {

    @Test
    void an_action_is_proved_by_the_key_in_its_comment_or_by_its_external_id() {
        assertThat(RunKey.isIn(RunKey.comment("CHG-1", "lr-x-1-1"), null, "lr-x-1-1")).isTrue();
        assertThat(RunKey.isIn("cut off by somebody", "lr-x-1-1", "lr-x-1-1")).isTrue();
        assertThat(RunKey.isIn(null, null, "lr-x-1-1")).isFalse();
    }

    @Test
    void the_key_of_one_call_is_not_that_of_another() {
        assertThat(RunKey.isIn(RunKey.comment("CHG-1", "lr-x-1-11"), "lr-x-1-11", "lr-x-1-1")).isFalse();
        assertThat(RunKey.isIn("lr-x-1-1 in a comment of somebody", null, "lr-x-1-1")).isFalse();
    }
}
