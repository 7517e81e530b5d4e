package io.liveresponse.rows;

import static io.liveresponse.rows.Rules.rule;
import static io.liveresponse.rows.Rules.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** What each format makes of outputs as scripts print them. */
class RowFormatsTest {

    private static final String STARTED = "Transcript started, output file is C:\\x.txt";
    private static final String NAME_AND_SIZE = "columns: [{name: name, required: true}, {name: size, type: integer}]";

    private static final RowRule JSON = rule("format: json", NAME_AND_SIZE);
    private static final RowRule LINES = rule("format: json-lines", NAME_AND_SIZE, "ignore: '^#'");
    private static final RowRule CSV = rule("format: csv", NAME_AND_SIZE);
    private static final RowRule LIST = rule("format: key-value", NAME_AND_SIZE);
    private static final RowRule TABLE = rule("format: table",
            "columns: [{name: name, from: Name, required: true}, {name: size, from: Size, type: integer}, {name: note, from: Note}]");

    @Test
    void an_object_is_one_row_behind_the_transcripts_first_line_and_before_its_padding() {
        assertThat(texts(JSON, STARTED, "", "{\"name\": \"a\",", " \"size\": 3, \"more\": []}", "\0\0"))
                .containsExactly("1{name=a, size=3}");
    }

    @Test
    void an_array_has_a_row_an_object_and_a_reject_for_everything_else() {
        assertThat(texts(JSON, "[{\"name\":\"a\",\"size\":\"7\"},", "5,", "{\"size\":1},{\"name\":\"b\",\"size\":1.5},",
                "{\"name\":\"c\",\"name\":\"d\"},{\"name\":\"e\"}]"))
                .containsExactly("1{name=a, size=7}", "2:JSON_NOT_AN_OBJECT@2", "3:VALUE_MISSING@3", "4:VALUE_MALFORMED@3",
                        "5:NAME_DUPLICATE@4", "6{name=e, size=null}");
    }

    @Test
    void broken_json_keeps_the_rows_before_it_and_ends_in_one_reject() {
        assertThat(texts(JSON, "[{\"name\":\"a\"},", "{\"name\": oops},{\"name\":\"b\"}]"))
                .containsExactly("1{name=a, size=null}", "2:JSON_MALFORMED@2");
        assertThat(texts(JSON, "[{\"name\":\"a\"}")).containsExactly("1{name=a, size=null}", "2:JSON_MALFORMED@1");
    }

    @Test
    void text_behind_json_is_a_reject_beside_the_row() {
        assertThat(texts(JSON, "{\"name\":\"a\"}", "", "Done."))
                .containsExactly("1{name=a, size=null}", "2:TEXT_AFTER_JSON@3");
    }

    @Test
    void a_json_pointer_reaches_into_a_record_and_a_json_column_keeps_what_it_finds() {
        RowRule rule = rule("format: json", "columns: [{name: first, from: /a/0/b}, {name: all, from: a, type: json}]");

        assertThat(texts(rule, "{\"a\":[{\"b\":\"x\"},1.50]}")).containsExactly("1{first=x, all=[{\"b\":\"x\"},1.50]}");
        assertThat(texts(rule, "{\"a\":[]}")).containsExactly("1{first=null, all=[]}");
        assertThat(texts(rule, "{\"a\":[{\"b\":{}}]}")).containsExactly("1:VALUE_MALFORMED@1");
    }

    @Test
    void json_lines_that_are_wrong_cost_no_other_line() {
        assertThat(texts(LINES, STARTED, "{\"name\":\"a\"}", "oops", "# a note", "", "[1]", "{\"name\":\"b\"} 1", "{\"name\":\"c\"}"))
                .containsExactly("1{name=a, size=null}", "2:JSON_MALFORMED@3", "3:JSON_NOT_AN_OBJECT@6", "4:TEXT_AFTER_JSON@7",
                        "5{name=c, size=null}");
    }

    @Test
    void csv_is_read_by_its_header_with_quotes_and_line_feeds_in_them() {
        assertThat(texts(CSV, STARTED, "#TYPE System.Object", "\"size\",\"name\",\"other\"", "1,\"a \"\"b\"\"\nc\",", "", "2,d", "3,e,f"))
                .containsExactly("1{name=a \"b\"\nc, size=1}", "2:CSV_FIELD_COUNT@7", "3{name=e, size=3}");
    }

    @Test
    void a_csv_quote_without_end_and_a_header_with_a_column_twice_are_rejects() {
        assertThat(texts(CSV, "name,size", "a,1", "\"b,2", "c,3")).containsExactly("1{name=a, size=1}", "2:CSV_MALFORMED@3");
        assertThat(texts(CSV, "name,size,name", "a,1,b")).containsExactly("1:HEADER_DUPLICATE@2");
    }

    @Test
    void another_delimiter_is_taken_from_the_rule() {
        assertThat(texts(rule("format: csv", "delimiter: ';'", NAME_AND_SIZE), "name;size", "a,b;4"))
                .containsExactly("1{name=a,b, size=4}");
    }

    @Test
    void format_list_has_a_record_between_blank_lines_and_joins_what_the_console_wrapped() {
        assertThat(texts(LIST, STARTED, "", "name : a", "       long text", "size : 1", "", "", "name : http://x:1", "size : ", "",
                "no separator", "size : 3"))
                .containsExactly("1{name=a long text, size=1}", "2{name=http://x:1, size=null}", "3:SEPARATOR_MISSING@11");
    }

    @Test
    void a_key_that_comes_twice_in_a_record_is_a_reject() {
        assertThat(texts(rule("format: key-value", "separator: '='", NAME_AND_SIZE), "name=a", "name=b", "", "name=c"))
                .containsExactly("1:NAME_DUPLICATE@1", "2{name=c, size=null}");
    }

    @Test
    void a_pattern_takes_each_line_apart() {
        RowRule rule = rule("format: regex", "pattern: '^(?P<name>\\w+) has (?P<size>\\d+)'", NAME_AND_SIZE, "ignore: '^--'",
                "start: '^Devices'");

        assertThat(texts(rule, STARTED, "x has 9", "Devices:", "-- sorted", "a has 5 files", "b has none"))
                .containsExactly("1{name=a, size=5}", "2:PATTERN_NOT_MATCHED@6");
        assertThat(texts(rule, "x has 9")).containsExactly("1:START_MISSING@1");
    }

    @Test
    void format_table_parts_texts_that_run_right_from_numbers_that_run_left() {
        assertThat(texts(TABLE, STARTED, "",
                "Name            Size Note",
                "----            ---- ----",
                "svchost          123 a b c",
                "long process 1234567 x",
                "short              1",
                "", "",
                "Done."))
                .containsExactly("1{name=svchost, size=123, note=a b c}", "2{name=long process, size=1234567, note=x}",
                        "3{name=short, size=1, note=null}", "4:HEADER_MISSING@10");
    }

    @Test
    void a_table_may_begin_with_a_right_aligned_column() {
        RowRule rule = rule("format: table", "columns: [{name: id, from: Id, type: integer}, {name: name, from: ProcessName}]");

        assertThat(texts(rule, "     Id ProcessName", "     -- -----------", "1234567 explorer", "      1 idle"))
                .containsExactly("1{id=1234567, name=explorer}", "2{id=1, name=idle}");
    }

    @Test
    void a_line_that_does_not_fit_the_columns_and_a_value_that_was_cut_are_rejects() {
        assertThat(texts(TABLE,
                "Name Size Note",
                "---- ---- ----",
                "abcdefghijklmn x",
                "abc     1 cut h...",
                "abc     2 y"))
                .containsExactly("1:COLUMNS_NOT_ALIGNED@3", "2:VALUE_CUT@4", "3{name=abc, size=2, note=y}");
    }

    @Test
    void values_are_of_their_columns_type_or_the_record_is_a_reject() {
        RowRule rule = rule("format: json-lines", "columns:", " - {name: i, type: integer}", " - {name: d, type: decimal}",
                " - {name: b, type: boolean}", " - {name: t, type: time}", " - {name: l, type: time, pattern: 'dd.MM.yyyy HH:mm'}");

        assertThat(texts(rule,
                "{\"i\": \"-9223372036854775808\", \"d\": 0.10, \"b\": \"True\", \"t\": \"/Date(0)/\", \"l\": \"01.02.2026 03:04\"}",
                "{\"i\": 9223372036854775808}", "{\"i\": 1e2}", "{\"d\": 1e999}", "{\"d\": \"1,5\"}", "{\"b\": \"yes\"}", "{\"b\": 1}",
                "{\"t\": \"2026-11-01T12:00:00+02:00\"}", "{\"t\": \"2026-11-01\"}", "{\"l\": \"32.01.2026 00:00\"}", "{\"i\": \"NaN\"}"))
                .containsExactly("1{i=-9223372036854775808, d=0.10, b=true, t=1970-01-01T00:00:00Z, l=2026-02-01T03:04:00Z}",
                        "2:VALUE_MALFORMED@2", "3{i=100, d=null, b=null, t=null, l=null}", "4:VALUE_MALFORMED@4", "5:VALUE_MALFORMED@5",
                        "6:VALUE_MALFORMED@6", "7:VALUE_MALFORMED@7", "8{i=null, d=null, b=null, t=2026-11-01T10:00:00Z, l=null}",
                        "9:VALUE_MALFORMED@9", "10:VALUE_MALFORMED@10", "11:VALUE_MALFORMED@11");
    }

    @Test
    void an_output_without_a_record_is_one_row_that_says_so_in_every_format() {
        for (RowRule rule : List.of(JSON, LINES, CSV, LIST, TABLE)) {
            assertThat(texts(rule, STARTED, "", "\0\0 ")).as(rule.format().text()).containsExactly("0:empty");
            assertThat(texts(rule, "")).as(rule.format().text()).containsExactly("0:empty");
        }
        assertThat(texts(JSON, "[]")).containsExactly("0:empty");
        assertThat(texts(CSV, "name,size")).containsExactly("0:empty");
    }

    @Test
    void a_row_keeps_its_id_whatever_becomes_of_the_records_before_it() {
        RowItem before = Rules.items(LINES, "oops\n{\"name\":\"a\"}").get(1);
        RowItem after = Rules.items(LINES, "{\"name\":\"z\"}\n{\"name\":\"a\"}").get(1);

        assertThat(before.rowId()).isEqualTo(after.rowId()).isEqualTo(DigestUtils.sha256Hex(Rules.KEY + "/2")).hasSize(64);
    }

    @Test
    void rows_rejects_and_missing_answers_add_up_to_the_records() {
        RowStream rows = Rules.stream(LINES, "oops\n{\"name\":\"a\"}\n{\"name\":\"b\"}");
        rows.forEachRemaining(item -> {
        });
        assertThat(rows.summary()).isEqualTo(new RowSummary(Rules.KEY, "a", LINES.fingerprint(), 3, 2, 1, null));

        RowStream none = Rules.stream(LINES, "");
        none.forEachRemaining(item -> {
        });
        assertThat(none.summary()).isEqualTo(new RowSummary(Rules.KEY, "a", LINES.fingerprint(), 1, 0, 0, "empty"));
    }
}
