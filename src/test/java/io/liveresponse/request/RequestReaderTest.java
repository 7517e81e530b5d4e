package io.liveresponse.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.failure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final String ID = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final String GOOD = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}";

    private final RequestReader reader = new RequestReader(() -> List.of("contoso", "fabrikam"));

    private static List<RequestEntry> read(RequestReader reader, String text) throws IOException {
        List<RequestEntry> entries = new ArrayList<>();
        reader.entries(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).forEachRemaining(entries::add);
        return entries;
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOD, "\uFEFF" + GOOD, " \r\n" + GOOD + "\n", "[" + GOOD + "]", "[\n" + GOOD + "\n]\n", GOOD + "\n" + "\n",
        "tenant,machineActionId,commandIndex\ncontoso," + ID + ",1", "tenant;machineActionId;commandIndex\r\ncontoso;" + ID + ";1\r\n",
        "tenant\tmachineActionId\tcommandIndex\ncontoso\t" + ID + "\t1\n", "\uFEFFtenant,machineActionId,commandIndex\n\ncontoso," + ID + ", 1 \n\n",
        "machineActionId,commandIndex,tenant,note\n\"" + ID + "\",\"1\",\"contoso\",\"a, b\"\n",
        "{\"note\":{\"a\":[1]},\"tenant\":\" contoso \",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}"})
    void oneRequestInEveryForm(String text) throws IOException {
        assertThat(read(reader, text)).singleElement().satisfies(entry ->
                assertThat(entry.request()).isEqualTo(new Request("contoso", ID, 1, ActionFacts.UNKNOWN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "[1]", "[null]", "hello", "{\"tenant\":\"contoso\"}", "{\"tenant\":\"contoso\",\"tenant\":\"fabrikam\"}",
        "{\"tenant\":7,\"machineActionId\":\"" + ID + "\"}", "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1.0}",
        "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":4294967296}",
        "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":true}",
        "{\"tenant\":\"contoso\",\"machineActionId\":\"{" + ID + "}\"}", "tenant,machineActionId,commandIndex\ncontoso," + ID + ",0x1\n",
        "tenant,machineActionId,commandIndex\ncontoso," + ID + ",1,more\n", "tenant,machineActionId,commandIndex\n\"contoso," + ID + ",1\n"})
    void whatIsNoneIsRejectedWithAReason(String text) throws IOException {
        assertThat(read(reader, text)).singleElement().satisfies(entry -> {
            assertThat(entry.isAccepted()).isFalse();
            assertThat(entry.code()).isEqualTo(FailureCode.REQUEST_INVALID);
            assertThat(entry.reason()).isNotBlank();
            assertThat(entry.line()).isPositive();
        });
    }

    @Test
    void anUnknownTenantHasACodeOfItsOwn() throws IOException {
        assertThat(read(reader, GOOD.replace("contoso", "Contoso"))).singleElement().satisfies(entry ->
                assertThat(entry.code()).isEqualTo(FailureCode.REQUEST_TENANT_UNKNOWN));
    }

    @Test
    void withOneTenantItsNameMayBeLeftOutWithTwoItMayNot() throws IOException {
        String nameless = "{\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}";

        assertThat(read(new RequestReader(() -> List.of("contoso")), nameless)).singleElement().satisfies(entry ->
                assertThat(entry.request().tenant()).isEqualTo("contoso"));
        assertThat(read(reader, nameless)).singleElement().satisfies(entry -> assertThat(entry.isAccepted()).isFalse());
    }

    @Test
    void withoutAnIndexTheWholeActionIsMeant() throws IOException {
        assertThat(read(reader, GOOD.replace(",\"commandIndex\":1", ""))).singleElement().satisfies(entry ->
                assertThat(entry.request().wholeAction()).isTrue());
    }

    @Test
    void aBadLineCostsThatLineOnlyAndIsNamed() throws IOException {
        List<RequestEntry> entries = read(reader, GOOD + "\n{bad\n" + GOOD + GOOD + "\n" + GOOD);

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false, false, true);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aLongEntryIsShownShortened() throws IOException {
        assertThat(read(reader, "{\"x\":\"" + "y".repeat(100_000) + "\n")).singleElement().satisfies(entry ->
                assertThat(entry.text()).hasSizeLessThanOrEqualTo(501));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\n", "\uFEFF", "[]"})
    void nothingHoldsNoRequest(String text) throws IOException {
        assertThat(read(reader, text)).noneMatch(RequestEntry::isAccepted);
    }
}
