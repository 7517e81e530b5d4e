package io.liveresponse.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static final String ID = "5382f7ea-7557-4ab7-9782-d50480024a4e";
    private static final String GOOD = "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}";

    private final RequestReader reader = new RequestReader(() -> List.of("contoso", "fabrikam"), 65_536);

    private static List<RequestEntry> read(RequestReader reader, String text) throws IOException {
        List<RequestEntry> entries = new ArrayList<>();
        reader.entries(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).forEachRemaining(entries::add);
        return entries;
    }

    @ParameterizedTest
    @ValueSource(strings = {GOOD, "\uFEFF" + GOOD, " \r\n" + GOOD + "\n", "[" + GOOD + "]", "[\n" + GOOD + "\n]\n", GOOD + "\n" + "\n",
            "tenant,machineActionId,commandIndex\ncontoso," + ID + ",1", "tenant;machineActionId;commandIndex\r\ncontoso;" + ID + ";1\r\n",
            "tenant\tmachineActionId\tcommandIndex\ncontoso\t" + ID + "\t1\n",
            "\uFEFFtenant,machineActionId,commandIndex\n\ncontoso," + ID + ", 1 \n\n",
            "machineActionId,commandIndex,tenant,note\n\"" + ID + "\",\"1\",\"contoso\",\"a, b\"\n",
            "{\"note\":{\"a\":[1]},\"tenant\":\" contoso \",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}"})
    void oneRequestInEveryForm(String text) throws IOException {
        assertThat(read(reader, text)).singleElement()
                .satisfies(entry -> assertThat(entry.request()).isEqualTo(new Request("contoso", ID, 1, ActionFacts.UNKNOWN)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[", "[1]", "[null]", "hello", "{\"tenant\":\"contoso\"}", "{\"tenant\":\"contoso\",\"tenant\":\"fabrikam\"}",
                    "{\"tenant\":7,\"machineActionId\":\"" + ID + "\"}",
                    "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":1.0}",
                    "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":4294967296}",
                    "{\"tenant\":\"contoso\",\"machineActionId\":\"" + ID + "\",\"commandIndex\":true}",
                    "{\"tenant\":\"contoso\",\"machineActionId\":\"{" + ID + "}\"}",
                    "tenant,machineActionId,commandIndex\ncontoso," + ID + ",0x1\n",
                    "tenant,machineActionId,commandIndex\ncontoso," + ID + ",1,more\n",
                    "tenant,machineActionId,commandIndex\n\"contoso," + ID + ",1\n"})
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
        assertThat(read(reader, GOOD.replace("contoso", "Contoso"))).singleElement()
                .satisfies(entry -> assertThat(entry.code()).isEqualTo(FailureCode.REQUEST_TENANT_UNKNOWN));
    }

    @Test
    void withOneTenantItsNameMayBeLeftOutWithTwoItMayNot() throws IOException {
        String nameless = "{\"machineActionId\":\"" + ID + "\",\"commandIndex\":1}";

        assertThat(read(new RequestReader(() -> List.of("contoso"), 65_536), nameless)).singleElement()
                .satisfies(entry -> assertThat(entry.request().tenant()).isEqualTo("contoso"));
        assertThat(read(reader, nameless)).singleElement().satisfies(entry -> assertThat(entry.isAccepted()).isFalse());
    }

    @Test
    void withoutAnIndexTheWholeActionIsMeant() throws IOException {
        assertThat(read(reader, GOOD.replace(",\"commandIndex\":1", ""))).singleElement()
                .satisfies(entry -> assertThat(entry.request().wholeAction()).isTrue());
    }

    @Test
    void aBadLineCostsThatLineOnlyAndIsNamed() throws IOException {
        List<RequestEntry> entries = read(reader, GOOD + "\n{bad\n" + GOOD + GOOD + "\n" + GOOD);

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false, false, true);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void anElementOfAnArrayThatNamesAFieldTwiceCostsThatElementOnly() throws IOException {
        List<RequestEntry> entries = read(reader,
                "[" + GOOD + ",\n" + GOOD.replace("{", "{\"tenant\":\"contoso\",") + ",\n7,\n" + GOOD + "]");

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false, false, true);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"commandindex", "command_index", "CommandIndex", "Command-Index"})
    void anIndexOfAnotherSpellingDoesNotComeToMeanAllCommands(String name) throws IOException {
        assertThat(read(reader, GOOD.replace("commandIndex", name))).singleElement().satisfies(
                entry -> assertThat(entry.reason()).isEqualTo(name + " is not a field of a request; did you mean commandIndex?"));
    }

    @Test
    void whatElseASenderWritesIsLetBe() throws IOException {
        assertThat(read(reader, GOOD.replace("{", "{\"comment\":\"INC-7\","))).singleElement()
                .satisfies(entry -> assertThat(entry.isAccepted()).isTrue());
    }

    @Test
    void aLongEntryIsShownShortened() throws IOException {
        assertThat(read(reader, "{\"x\":\"" + "y".repeat(100_000) + "\n")).singleElement()
                .satisfies(entry -> assertThat(entry.text()).hasSizeLessThanOrEqualTo(501));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\n", "\uFEFF", "[]"})
    void nothingHoldsNoRequest(String text) throws IOException {
        assertThat(read(reader, text)).noneMatch(RequestEntry::isAccepted);
    }

    @Test
    void aRowOfCsvIsNamedByTheLineItStandsOn() throws IOException {
        List<RequestEntry> entries = read(reader, "tenant,machineActionId,commandIndex\r\n\r\ncontoso," + ID + ",0\r\ncontoso,bad,0\r\n"
                + "contoso," + ID + ",1\r\ncontoso,bad,1\r\n");

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false, true, false);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(3L, 4L, 5L, 6L);
        assertThat(entries.get(1).text()).isEqualTo("contoso,bad,0");
    }

    @Test
    void aQuoteLeftOpenInCsvCostsItsRowOnly() throws IOException {
        List<RequestEntry> entries = read(reader, "tenant,machineActionId,commandIndex\ncontoso,\"" + ID + ",0\ncontoso,\"" + ID + "\",1\n"
                + "contoso,\"" + ID + "\"x,2\ncontoso," + ID + ",3\ncontoso,\"" + ID + ",4\ncontoso," + ID + ",5");

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(false, true, false, true, false, true);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aQuotedCellMayGoOverLines() throws IOException {
        List<RequestEntry> entries = read(reader,
                "tenant,machineActionId,commandIndex,note\ncontoso," + ID + ",0,\"two\n\nlines\"\ncontoso,x,0,\n");

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(4L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"machineActionId\"x,commandIndex\n" + ID + ",0\n", "\"machineActionId,commandIndex\n" + ID + ",0\n",
            "a=b&" + GOOD + "A"})
    void aMalformedFirstLineIsRejectedNotThrown(String text) throws IOException {
        assertThat(read(reader, text)).singleElement()
                .satisfies(entry -> assertThat(entry.reason()).contains("neither JSON nor CSV with the header line"));
    }

    @Test
    void an_entry_as_long_as_the_limit_is_read_and_one_character_more_is_not() throws IOException {
        RequestReader limited = new RequestReader(() -> List.of("contoso"), GOOD.length());

        for (String form : List.of("%s\n%s\n%s\n", "[%s,%s,%s]", "[\n %s ,\n %s ,\n %s \n]")) {
            List<RequestEntry> entries = read(limited, form.formatted(GOOD, GOOD.replace("{", "{ "), GOOD));

            assertThat(entries).as(form).extracting(RequestEntry::code).containsExactly(null, FailureCode.REQUEST_TOO_LARGE, null);
        }
        assertThat(read(limited, GOOD.replace("{", "{ "))).extracting(RequestEntry::code).containsExactly(FailureCode.REQUEST_TOO_LARGE);
    }

    @Test
    void a_malformed_element_of_an_array_costs_that_element_only() throws IOException {
        List<RequestEntry> entries = read(reader,
                "[" + GOOD + ",\n{bad},\n" + GOOD + " " + GOOD + ",\n,\n{\"a\":[1}},\n\"],{\\\"[\",\n" + GOOD + "]");

        assertThat(entries).extracting(RequestEntry::isAccepted).containsExactly(true, false, false, false, false, false, true);
        assertThat(entries).extracting(RequestEntry::line).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void an_array_that_breaks_off_and_text_behind_an_array_are_rejected_not_ignored() throws IOException {
        assertThat(read(reader, "[" + GOOD)).extracting(RequestEntry::isAccepted).containsExactly(true, false);
        assertThat(read(reader, "[" + GOOD + ", {\"a\":\"")).extracting(RequestEntry::isAccepted).containsExactly(true, false);
        assertThat(read(reader, "[" + GOOD + "]\n[" + GOOD + "]")).extracting(RequestEntry::isAccepted).containsExactly(true, false);
        assertThat(read(reader, "[" + GOOD + "] \n")).extracting(RequestEntry::isAccepted).containsExactly(true);
    }

    @Test
    void chunks_count_their_entries_and_after_a_read_error_fail_again_instead_of_ending_early() throws IOException {
        String lines = (GOOD + "\nno\n").repeat(10_000);
        RequestChunks chunks = reader
                .chunks(new SequenceInputStream(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }
                }));

        assertThatThrownBy(() -> chunks.forEachRemaining(chunk -> {
        })).isInstanceOf(UncheckedIOException.class);
        assertThat(chunks.accepted()).isPositive().isEqualTo(chunks.rejected());
        assertThatThrownBy(chunks::hasNext).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(chunks::next).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void utf16IsReadByItsMark() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(reader.entries(new ByteArrayInputStream(("\uFEFF" + GOOD).getBytes(charset)))).toIterable()
                    .singleElement().satisfies(entry -> assertThat(entry.isAccepted()).isTrue());
        }
    }
}
