package io.liveresponse.rows;

import com.google.re2j.Pattern;
import io.liveresponse.model.Result;
import io.liveresponse.rows.RowRuleProblem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of a folder. Immutable and thread-safe: the files are read once, at startup. */
public final class RowRules {

    private static final String SUFFIX = ".yaml";

    private final List<RowRule> rules;

    private RowRules(List<RowRule> rules) {
        this.rules = rules;
    }

    /**
     * Reads every {@code .yaml} file of the folder.
     *
     * @param directory {@code live-response.rows.rules}; a folder that does not exist has no rules
     * @throws IOException              if a file cannot be read
     * @throws IllegalArgumentException if a rule has mistakes; its message names each with file and line
     */
    public static RowRules load(Path directory) throws IOException {
        List<RowRule> rules = new ArrayList<>();
        List<RowRuleProblem> problems = read(directory, rules);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the row rules have mistakes; fix them and restart:\n"
                    + String.join("\n", problems.stream().map(RowRuleProblem::toString).toList()));
        }
        return new RowRules(List.copyOf(rules));
    }

    /**
     * What is wrong with the rules of a folder, by file and line; for {@code validate}.
     *
     * @throws IOException if a file cannot be read
     */
    public static List<RowRuleProblem> check(Path directory) throws IOException {
        return read(directory, new ArrayList<>());
    }

    /** One rule file, or what is wrong with it. */
    static RowRuleReader.Outcome readFile(Path file) throws IOException {
        String name = file.getFileName().toString();
        return RowRuleReader.read(file.toString(), name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name,
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    private static List<RowRuleProblem> read(Path directory, List<RowRule> rules) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        }
        List<RowRuleProblem> problems = new ArrayList<>();
        Map<String, String> tables = new HashMap<>();
        Map<String, String> scripts = new HashMap<>();
        for (Path file : files) {
            RowRuleReader.Outcome outcome = readFile(file);
            problems.addAll(outcome.problems());
            if (outcome.rule() != null) {
                rules.add(outcome.rule());
                unique(outcome.rule(), tables, scripts, problems);
            }
        }
        return problems;
    }

    private static void unique(RowRule rule, Map<String, String> tables, Map<String, String> scripts, List<RowRuleProblem> problems) {
        String other = tables.putIfAbsent(rule.table().toLowerCase(java.util.Locale.ROOT), rule.file());
        if (other != null) {
            problems.add(new RowRuleProblem(rule.file(), 1, Code.ROW_RULE_DUPLICATE,
                    "the table " + rule.table() + " belongs to " + other + " — give this rule another with table:"));
        }
        for (Pattern script : rule.scripts()) {
            String earlier = scripts.putIfAbsent(script.pattern().toLowerCase(java.util.Locale.ROOT), rule.file());
            if (earlier != null) {
                problems.add(new RowRuleProblem(rule.file(), 1, Code.ROW_RULE_DUPLICATE,
                        "the same script is in " + earlier + " — keep one of them"));
            }
        }
    }

    /** The first rule, by file name, that matches the script; null matches none. */
    public Optional<RowRule> find(String scriptName) {
        return rules.stream().filter(rule -> rule.matches(scriptName)).findFirst();
    }

    /** Whether there is a rule for the result's script; what {@code rows.camel.yaml} chooses by. */
    public boolean hasRule(Result result) {
        return find(scriptOf(result)).isPresent();
    }

    /** The script's name as the device gives it, else as the request did; null if neither does. */
    static String scriptOf(Result result) {
        return result.scriptName() != null ? result.scriptName() : result.action().scriptName();
    }
}
