package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void withoutACommandItIsRun() {
        assertThat(Main.withCommand(new String[0])).containsExactly("run");
        assertThat(Main.withCommand(new String[]{"--config", "a.properties"})).containsExactly("run", "--config", "a.properties");
    }

    @Test
    void aCommandAndTheOptionsOfThemAllStayAsTheyAre() {
        assertThat(Main.withCommand(new String[]{"check", "--json"})).containsExactly("check", "--json");
        assertThat(Main.withCommand(new String[]{"--help"})).containsExactly("--help");
        assertThat(Main.withCommand(new String[]{"-V"})).containsExactly("-V");
    }
}
