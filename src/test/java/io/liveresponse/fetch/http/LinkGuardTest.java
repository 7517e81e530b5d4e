package io.liveresponse.fetch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class LinkGuardTest {

    public static final String SAMPLE = "https://core.windows.net/investigation-actions-data/ID/CustomPlaybookCommandOutput/"
            + "4ed5e7807ad1fe59b45ca03a4ac2ac1d?se=2021-02-04T16%3A13%3A50Z&sp=r&sv=2019-07-07&sr=b"
            + "&sig=1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY%3D";

    private static DownloadLink link(String value) throws LiveResponseException {
        return LinkCorpus.guard().check(value);
    }

    @Test
    void theCorpusHoldsAtLeastEightyValues() {
        assertThat(LinkCorpus.entries(0)).hasSizeGreaterThanOrEqualTo(80);
    }

    @ParameterizedTest
    @MethodSource("io.liveresponse.fetch.http.LinkCorpus#accepted")
    void aLinkToAnAllowedHostIsTakenWithoutItsQuirks(LinkCorpus.Entry entry) throws LiveResponseException {
        String text = link(entry.value()).reveal();

        assertThat(text).startsWithIgnoringCase("https://").doesNotContain("&amp;", "\"", " ");
        assertThat(entry.value().replaceAll("(?i)&(amp;|#38;|#x26;)+", "&")).contains(text);
    }

    @ParameterizedTest
    @MethodSource("io.liveresponse.fetch.http.LinkCorpus#refused")
    void anyOtherValueIsRefusedAndNotQuoted(LinkCorpus.Entry entry) {
        LiveResponseException refusal = catchThrowableOfType(LiveResponseException.class, () -> link(entry.value()));

        assertThat(refusal).isNotNull();
        assertThat(refusal.getCode()).isEqualTo(FailureCode.valueOf(entry.code()));
        assertThat(refusal.getMessage()).doesNotContain("sig", "1dYGe9rPvUlXBPvYSmr6", "pass", "{{").hasSizeLessThan(250);
        assertThat(refusal.getCause()).isNull();
        assertThat(refusal.getMessage().chars()).allMatch(c -> c >= ' ' && c < 127);
    }

    @Test
    void noValueIsAnUnreadableAnswer() {
        assertThatThrownBy(() -> link(null)).isInstanceOfSatisfying(LiveResponseException.class,
                e -> assertThat(e.getCode()).isEqualTo(FailureCode.LINK_ANSWER_UNREADABLE));
    }

    @Test
    void theDefaultsTakeRealStoresButNotTheHostOfTheDocumentedSample() throws LiveResponseException {
        LinkGuard guard = LinkGuard.of(Settings.of(Map.of()));

        assertThat(guard.check("https://automatedirstrprdweu.blob.core.windows.net/a/b?sig=x").host())
                .isEqualTo("automatedirstrprdweu.blob.core.windows.net");
        assertThat(guard.check("https://a.blob.core.usgovcloudapi.net/a/b?sig=x").host()).isEqualTo("a.blob.core.usgovcloudapi.net");
        assertThatThrownBy(() -> guard.check(SAMPLE)).hasMessageContaining("core.windows.net").hasMessageContaining("allowed-hosts");
    }

    @Test
    void theDocumentedSampleSurvivesByteForByteWhereItsHostIsListed() throws LiveResponseException {
        LinkGuard guard = LinkGuard.of(Settings.of(Map.of("live-response.link.allowed-hosts", "core.windows.net")));

        assertThat(guard.check(SAMPLE).reveal()).isEqualTo(SAMPLE);
    }

    @Test
    void plainHttpOnLoopbackPassesOnlyWhereSchemeHostAndPortAreListed() throws LiveResponseException {
        LinkGuard guard = new LinkGuard(List.of("127.0.0.1:8080"), List.of("http"));

        assertThat(guard.check("http://127.0.0.1:8080/a?sig=x").host()).isEqualTo("127.0.0.1");
        for (String other : List.of("http://127.0.0.1:8081/a", "http://127.0.0.1/a", "https://127.0.0.1:8080/a", "http://127.1:8080/a",
                "http://localhost:8080/a", "http://[::ffff:127.0.0.1]:8080/a")) {
            assertThatThrownBy(() -> guard.check(other)).as(other).isInstanceOf(LiveResponseException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.", "**.example", "a.*.example", "https://example", "example/", "exa mple", "example:0", "example:70000",
            "example:", "user@example", "example.", "-example", "*.[::1]", "{{x}}"})
    void anEntryThatIsNoHostIsRefusedByTheNameOfItsSetting(String entry) {
        List<String> schemes = List.of("https");
        List<String> hosts = List.of(entry);
        assertThatThrownBy(() -> new LinkGuard(hosts, schemes)).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("live-response.link.allowed-hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "file", "*", "https:", ""})
    void aSchemeOtherThanHttpsAndHttpIsRefusedByTheNameOfItsSetting(String scheme) {
        List<String> schemes = List.of(scheme);
        List<String> hosts = List.of("example");
        assertThatThrownBy(() -> new LinkGuard(hosts, schemes)).isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("live-response.link.allowed-schemes");
    }

    @Test
    void aLinkPrintsWithoutItsQuery() throws LiveResponseException {
        assertThat(link(SAMPLE)).hasToString(SAMPLE.substring(0, SAMPLE.indexOf('?')));
    }

    @Test
    void theSecretsOfALinkAreItsQueryAndItsSignatureInBothSpellings() throws LiveResponseException {
        assertThat(link(SAMPLE).secrets()).containsExactly(SAMPLE.substring(SAMPLE.indexOf('?') + 1),
                "1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY%3D", "1dYGe9rPvUlXBPvYSmr6/OLXPY98m8qWqfIQCBbyZTY=");
    }

    @ParameterizedTest
    @CsvSource({
            "2021-02-04T16%3A13%3A50Z,            2021-02-04T16:13:50Z",
            "2021-02-04T16%3a13%3a50Z,            2021-02-04T16:13:50Z",
            "2021-02-04T16:13:50Z,                2021-02-04T16:13:50Z",
            "2021-02-04T16%3A13%3A50.1234567Z,    2021-02-04T16:13:50.123456700Z",
            "2021-02-04T16%3A13Z,                 2021-02-04T16:13:00Z",
            "2021-02-04,                          2021-02-04T00:00:00Z",
            "2021-02-04T18%3A13%3A50%2B02%3A00,   2021-02-04T16:13:50Z",
            "2021-02-04T18:13:50+02:00,           2021-02-04T16:13:50Z"})
    void theEndOfALinksLifeIsReadInEveryForm(String parameter, Instant end) throws LiveResponseException {
        assertThat(link("https://core.windows.net/a?sp=r&se=" + parameter + "&sig=x").expiry()).contains(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?sig=x", "", "?se=", "?se=soon&sig=x", "?se=2021-13-45T00%3A00%3A00Z", "?se=1612455230", "?use=2021-02-04"})
    void aLinkThatDoesNotSayWhenItEndsIsFollowed(String query) throws LiveResponseException {
        DownloadLink link = link("https://core.windows.net/a" + query);

        assertThat(link.expiry()).isEmpty();
        assertThat(link.expiresWithin(Duration.ofDays(1), Clock.systemUTC())).isFalse();
    }

    @Test
    void aLinkExpiresWithinAMarginThatReachesItsEnd() throws LiveResponseException {
        DownloadLink link = link(SAMPLE);
        Clock twoMinutesBefore = Clock.fixed(Instant.parse("2021-02-04T16:11:50Z"), ZoneOffset.UTC);

        assertThat(link.expiresWithin(Duration.ofMinutes(2), twoMinutesBefore)).isTrue();
        assertThat(link.expiresWithin(Duration.ofSeconds(119), twoMinutesBefore)).isFalse();
        assertThat(link.expiresWithin(Duration.ZERO, Clock.offset(twoMinutesBefore, Duration.ofHours(1)))).isTrue();
    }
}
