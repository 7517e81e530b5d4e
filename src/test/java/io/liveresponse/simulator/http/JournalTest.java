package io.liveresponse.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge of the rolling windows. */
class JournalTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Journal journal = new Journal();

    @Test
    void callsExactlyOneWindowApartAreNotInOneWindow() {
        link("contoso", 0);
        link("contoso", 60_000);
        assertThat(journal.maxInAnyWindow("contoso", MINUTE)).isEqualTo(1);
        link("contoso", 59_999);
        assertThat(journal.maxInAnyWindow("contoso", MINUTE)).isEqualTo(2);
    }

    @Test
    void findsTheFullestWindowWhateverTheOrderOfEntry() {
        for (long at : new long[]{200_000, 1_000, 100_000, 2_000, 61_500, 101_000, 3_000, 102_000, 159_999}) {
            link("contoso", at);
        }
        link("fabrikam", 100_500);

        assertThat(journal.maxInAnyWindow("contoso", MINUTE)).isEqualTo(4);
        assertThat(journal.maxInAnyWindow("fabrikam", MINUTE)).isEqualTo(1);
        assertThat(journal.maxInAnyWindow("nobody", MINUTE)).isZero();
    }

    @Test
    void countsRefusedLinkCallsTooButNoOtherKind() {
        link("contoso", 0);
        journal.add(new Call(Host.API, EndpointKind.LINK, "contoso", null, null, "GET", "/", List.of(), START, 429, null));
        journal.add(new Call(Host.API, EndpointKind.ACTION, "contoso", null, null, "GET", "/", List.of(), START, 429, null));

        assertThat(journal.maxInAnyWindow("contoso", MINUTE)).isEqualTo(2);
        assertThat(journal.answers429()).isEqualTo(2);
    }

    private void link(String tenant, long atMillis) {
        journal.add(
                new Call(Host.API, EndpointKind.LINK, tenant, null, null, "GET", "/", List.of(), START.plusMillis(atMillis), 200, null));
    }
}
