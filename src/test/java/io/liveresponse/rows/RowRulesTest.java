package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowRulesTest {

    private static final String COLUMNS = "columns: [{name: a}]";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "script: a|1:ROW_RULE_MISSING_KEY format,1:ROW_RULE_MISSING_KEY columns",
            "format: json~columns: [{name: a}]|1:ROW_RULE_MISSING_KEY script",
            "script: a~format: yaml~columns: [{name: a}]|2:ROW_RULE_WRONG_VALUE format",
            "script: a~format: json~colums: []~columns: [{name: a}]|3:ROW_RULE_UNKNOWN_KEY colums",
            "script: a~format: json~columns:~- {name: a}~- {name: A}|5:ROW_RULE_COLUMN_NAME twice",
            "script: a~format: json~columns:~- {name: RowId}|4:ROW_RULE_COLUMN_NAME already",
            "script: a~format: json~columns:~- {name: a b}|4:ROW_RULE_COLUMN_NAME malformed",
            "script: a~format: json~columns:~- {name: a, type: number}|4:ROW_RULE_WRONG_VALUE type",
            "script: a~format: json~columns:~- {name: a, required: yes}|4:ROW_RULE_WRONG_VALUE neither",
            "script: a~format: json~columns:~- {name: a, pattern: yyyy}|4:ROW_RULE_UNKNOWN_KEY time",
            "script: a~format: json~columns:~- {name: a, type: time, pattern: 'bb'}|4:ROW_RULE_WRONG_VALUE pattern",
            "script: a~format: json~pattern: x~columns: [{name: a}]|3:ROW_RULE_UNKNOWN_KEY regex",
            "script: a~format: regex~columns: [{name: a}]|1:ROW_RULE_MISSING_KEY pattern",
            "script: a~format: regex~pattern: '(?P<b>x)'~columns: [{name: a}]|4:ROW_RULE_WRONG_VALUE group",
            "script: a~format: regex~pattern: '(?=x)'~columns: [{name: a}]|3:ROW_RULE_WRONG_VALUE look-around",
            "script: a~format: csv~delimiter: ab~columns: [{name: a}]|3:ROW_RULE_WRONG_VALUE single",
            "script: a~format: json~table: ../x~columns: [{name: a}]|3:ROW_RULE_WRONG_VALUE table",
            "script: a~script: b~format: json~columns: [{name: a}]|2:ROW_RULE_SYNTAX twice",
            "script: 'a~format: json|2:ROW_RULE_SYNTAX YAML",
            "- a|1:ROW_RULE_SYNTAX mapping"})
    void a_mistake_is_named_with_its_line_and_how_to_fix_it(String text, String expected) {
        List<RowRuleProblem> problems = RowRuleReader.read("rules/x.yaml", "x", text.replace('~', '\n')).problems();

        String[] wanted = expected.split(",");
        assertThat(problems).as(problems.toString()).hasSize(wanted.length);
        for (String each : wanted) {
            String[] parts = each.split(" ");
            assertThat(problems).anyMatch(problem -> (problem.line() + ":" + problem.code()).equals(parts[0])
                    && problem.toString().startsWith("rules/x.yaml:" + problem.line() + ": ") && problem.message().contains(parts[1])
                    && problem.message().contains(" — "));
        }
    }

    @Test
    void a_script_is_matched_by_name_or_glob_in_any_case_and_the_first_file_wins() throws IOException {
        rule("a.yaml", "script: [Get-Status.ps1, 'Test-?.ps1']\nformat: json\n" + COLUMNS);
        rule("b.yaml", "script: '*.ps1'\nformat: json\n" + COLUMNS);
        RowRules rules = RowRules.load(directory);

        assertThat(rules.find("get-STATUS.ps1")).map(RowRule::table).contains("a");
        assertThat(rules.find("Test-1.ps1")).map(RowRule::table).contains("a");
        assertThat(rules.find("Get-Status+ps1")).isEmpty();
        assertThat(rules.find("Test-12.ps1\n.ps1")).map(RowRule::table).contains("b");
        assertThat(rules.find(null)).isEmpty();
    }

    @Test
    void two_rules_for_one_table_or_one_script_are_told_and_nothing_is_loaded() throws IOException {
        rule("a.yaml", "script: x.ps1\ntable: t\nformat: json\n" + COLUMNS);
        rule("b.yaml", "script: X.ps1\ntable: T\nformat: json\n" + COLUMNS);

        assertThat(RowRules.check(directory)).extracting(RowRuleProblem::code)
                .containsExactly(RowRuleProblem.Code.ROW_RULE_DUPLICATE, RowRuleProblem.Code.ROW_RULE_DUPLICATE);
        assertThatIllegalArgumentException().isThrownBy(() -> RowRules.load(directory))
                .withMessageContaining("b.yaml:1: ROW_RULE_DUPLICATE");
    }

    @Test
    void a_folder_that_is_missing_has_no_rules() throws IOException {
        assertThat(RowRules.check(directory.resolve("none"))).isEmpty();
        assertThat(RowRules.load(directory.resolve("none")).find("a.ps1")).isEmpty();
    }

    @Test
    void the_shipped_rules_have_no_mistakes() throws IOException {
        for (String folder : List.of("config/row-rules", "src/main/resources/io/liveresponse/cli/demo-row-rules")) {
            assertThat(RowRules.check(Path.of(folder))).isEmpty();
        }
        assertThat(RowRules.load(Path.of("config/row-rules")).find("Get-DefenderStatus-2.ps1")).map(RowRule::format)
                .contains(RowFormat.JSON);
    }

    private void rule(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
