package io.liveresponse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartupSummaryTest {

    @Test
    void tenTenantsAreNamedAndTheOthersCounted() {
        assertThat(StartupSummary.tenants(named(10))).isEqualTo("t0, t1, t2, t3, t4, t5, t6, t7, t8, t9");
        assertThat(StartupSummary.tenants(named(1_000))).isEqualTo("t0, t1, t2, t3, t4, t5, t6, t7, t8, t9 and 990 more");
    }

    private static Set<String> named(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
