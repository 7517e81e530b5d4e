package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionListTest {

    private static final String API = "https://api.security.microsoft.com";
    private final ActionList list = new ActionList(API + "/api", Instant.parse("2026-03-01T07:00:00.123Z"));

    @Test
    void asksForLiveResponsesCreatedInTheWindow() {
        assertThat(list.page(0)).isEqualTo(API + "/api/machineactions?$filter=type%20eq%20%27LiveResponse%27%20and%20"
                + "creationDateTimeUtc%20ge%202026-03-01T07%3A00%3A00Z&$top=500");
    }

    @Test
    void followsTheApisOwnLink() {
        String link = API + "/api/machineactions?$skiptoken=a%2Fb";

        assertThat(list.next(page(500, link), 500)).contains(link);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "https://evil.example/api/machineactions?$skip=500", "http://api.security.microsoft.com/api/machineactions?$skip=500",
            "https://api.security.microsoft.com.evil.example/api/machineactions",
            "https://api.security.microsoft.com:8443/api/machineactions",
            "https://api.security.microsoft.com@evil.example/api/machineactions",
            "https://user@api.security.microsoft.com/api/machineactions",
            "https://api.security.microsoft.com/api/machines?$skip=500",
            "https://api.security.microsoft.com/api/machineactions?a={{env:HOME}}",
            "https://api.security.microsoft.com/api/machineactions?a=${x}", "https://api.security.microsoft.com/api/machineactions?a= b",
            "//evil.example/api/machineactions", "/api/machineactions?$skip=500", "https://api.security.microsoft.com/api/machineactions#x",
    })
    void countsWhereALinkLeadsElsewhere(String link) {
        assertThat(list.next(page(500, link), 500)).contains(list.page(500));
    }

    @Test
    void endsAtAPageThatIsNotFull() {
        assertThat(list.next(page(499, null), 999)).isEmpty();
        assertThat(list.next(page(500, null), 1000)).contains(list.page(1000));
        assertThat(list.next(page(0, API + "/api/machineactions?$skip=1"), 1000)).isEmpty();
    }

    private static ActionPage page(int entries, String nextLink) {
        return new ActionPage(List.of(), entries, nextLink);
    }
}
