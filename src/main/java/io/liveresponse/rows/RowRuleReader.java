package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonPointer;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.liveresponse.model.SafeFileName;
import io.liveresponse.rows.RowRuleProblem.Code;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads and checks one rule file. */
final class RowRuleReader {

    private static final Set<String> KEYS = Set.of("script", "table", "format", "columns", "pattern", "delimiter", "separator", "start",
            "ignore");
    private static final Set<String> COLUMN_KEYS = Set.of("name", "type", "required", "from", "pattern");
    private static final java.util.regex.Pattern COLUMN_NAME = java.util.regex.Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final java.util.regex.Pattern TABLE_NAME = java.util.regex.Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MAX_COLUMNS = 500;

    private final RuleYaml yaml;
    private final String file;

    private RowRuleReader(String file) {
        this.file = file;
        this.yaml = new RuleYaml(file);
    }

    /**
     * A rule, or what is wrong with it.
     *
     * @param rule     null if there are problems
     * @param problems by line
     */
    record Outcome(RowRule rule, List<RowRuleProblem> problems) {
    }

    /** @param name the file's name without its folder and suffix: the table's, unless the rule names another */
    static Outcome read(String file, String name, String text) {
        RowRuleReader reader = new RowRuleReader(file);
        Optional<RowRule> rule = reader.yaml.read(text).map(entries -> reader.rule(name, text, entries));
        List<RowRuleProblem> problems = reader.yaml.problems().stream().sorted(java.util.Comparator.comparing(RowRuleProblem::line))
                .toList();
        return new Outcome(problems.isEmpty() ? rule.orElse(null) : null, problems);
    }

    private RowRule rule(String name, String text, Map<String, RuleYaml.Entry> entries) {
        yaml.onlyKeys(entries, KEYS, "a rule");
        List<Pattern> scripts = scripts(entries);
        RowFormat format = format(entries);
        String table = yaml.text(entries, "table").orElse(name);
        if (!TABLE_NAME.matcher(table).matches() || !SafeFileName.of(table).equals(table)) {
            yaml.report(lineOf(entries, "table"), Code.ROW_RULE_WRONG_VALUE,
                    "the table's name is not a file name — give letters, digits, '.', '-' and '_', at most 63");
        }
        Pattern pattern = option(entries, "pattern", format == RowFormat.REGEX, RowFormat.REGEX);
        if (format == RowFormat.REGEX && !entries.containsKey("pattern")) {
            yaml.report(1, Code.ROW_RULE_MISSING_KEY, "pattern is missing — give a pattern of a line with a named group per field");
        }
        char delimiter = character(entries, "delimiter", ',', format, RowFormat.CSV);
        char separator = character(entries, "separator", ':', format, RowFormat.KEY_VALUE);
        List<RowColumn> columns = columns(entries, format, pattern);
        boolean lines = format != RowFormat.JSON && format != RowFormat.CSV;
        Pattern ignore = option(entries, "ignore", lines,
                RowFormat.JSON_LINES, RowFormat.KEY_VALUE, RowFormat.REGEX, RowFormat.TABLE);
        Pattern start = option(entries, "start", true, RowFormat.values());
        return new RowRule(file, DigestUtils.sha256Hex(text), table, scripts, format, columns, pattern, delimiter, separator, start,
                ignore);
    }

    private List<Pattern> scripts(Map<String, RuleYaml.Entry> entries) {
        List<String> names = yaml.texts(entries, "script");
        if (names.isEmpty() && !entries.containsKey("script")) {
            yaml.report(1, Code.ROW_RULE_MISSING_KEY, "script is missing — give the script's name; * and ? stand for any characters");
        }
        return names.stream().map(RowRuleReader::glob).toList();
    }

    /** The same name in another case is the same file on Windows. */
    private static Pattern glob(String name) {
        StringBuilder pattern = new StringBuilder();
        name.codePoints().forEach(c -> pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private RowFormat format(Map<String, RuleYaml.Entry> entries) {
        Optional<String> text = yaml.text(entries, "format");
        if (text.isEmpty() && !entries.containsKey("format")) {
            yaml.report(1, Code.ROW_RULE_MISSING_KEY, "format is missing — give " + formats());
        }
        Optional<RowFormat> format = text.flatMap(RowFormat::of);
        if (text.isPresent() && format.isEmpty()) {
            yaml.report(lineOf(entries, "format"), Code.ROW_RULE_WRONG_VALUE, "there is no such format — give " + formats());
        }
        return format.orElse(null);
    }

    private static String formats() {
        return String.join(", ", Stream.of(RowFormat.values()).map(RowFormat::text).toList());
    }

    private Pattern option(Map<String, RuleYaml.Entry> entries, String key, boolean allowed, RowFormat... formats) {
        Optional<String> text = yaml.text(entries, key);
        if (text.isPresent() && !allowed) {
            notForFormat(entries, key, formats);
            return null;
        }
        try {
            return text.map(Pattern::compile).orElse(null);
        } catch (PatternSyntaxException e) {
            yaml.report(lineOf(entries, key), Code.ROW_RULE_WRONG_VALUE, "\"" + key + "\" is not a pattern (" + e.getDescription()
                    + ") — the syntax is RE2's, which has no look-around and no back references");
            return null;
        }
    }

    private char character(Map<String, RuleYaml.Entry> entries, String key, char fallback, RowFormat format, RowFormat wanted) {
        Optional<String> text = yaml.text(entries, key);
        if (text.isPresent() && format != wanted) {
            notForFormat(entries, key, wanted);
        } else if (text.isPresent() && (text.get().length() != 1 || "\"\r\n".contains(text.get()))) {
            yaml.report(lineOf(entries, key), Code.ROW_RULE_WRONG_VALUE,
                    "\"" + key + "\" is not a single character — give one, such as \";\"");
        }
        return text.map(value -> value.charAt(0)).orElse(fallback);
    }

    private void notForFormat(Map<String, RuleYaml.Entry> entries, String key, RowFormat... formats) {
        yaml.report(lineOf(entries, key), Code.ROW_RULE_UNKNOWN_KEY, "\"" + key + "\" is for the format "
                + String.join(", ", Stream.of(formats).map(RowFormat::text).toList()) + " only — remove it");
    }

    private List<RowColumn> columns(Map<String, RuleYaml.Entry> entries, RowFormat format, Pattern pattern) {
        RuleYaml.Entry entry = entries.get("columns");
        if (entry == null || !(entry.node() instanceof SequenceNode sequence) || sequence.getValue().isEmpty()
                || sequence.getValue().size() > MAX_COLUMNS) {
            yaml.report(entry == null ? 1 : entry.line(), entry == null ? Code.ROW_RULE_MISSING_KEY : Code.ROW_RULE_WRONG_VALUE,
                    "columns is not a list — give 1 to " + MAX_COLUMNS + " columns, such as - { name: version, type: string }");
            return List.of();
        }
        List<RowColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node node : sequence.getValue()) {
            if (node instanceof MappingNode mapping) {
                column(RuleYaml.lineOf(node), yaml.entries(mapping), format, pattern, names).ifPresent(columns::add);
            } else {
                yaml.report(RuleYaml.lineOf(node), Code.ROW_RULE_WRONG_VALUE,
                        "a column is not a mapping — write - { name: version, type: string }");
            }
        }
        return columns;
    }

    private Optional<RowColumn> column(int line, Map<String, RuleYaml.Entry> entries, RowFormat format, Pattern pattern,
            Set<String> names) {
        yaml.onlyKeys(entries, COLUMN_KEYS, "a column");
        Optional<String> name = yaml.text(entries, "name");
        if (name.isEmpty() && !entries.containsKey("name")) {
            yaml.report(line, Code.ROW_RULE_MISSING_KEY, "the column has no name — give one");
        }
        name.ifPresent(value -> checkName(lineOf(entries, "name"), value, names));
        Optional<ColumnType> type = type(entries);
        boolean required = flag(entries, "required");
        String from = yaml.text(entries, "from").or(() -> name).orElse("");
        if (pattern != null && !pattern.namedGroups().containsKey(from)) {
            yaml.report(line, Code.ROW_RULE_WRONG_VALUE, "the pattern has no group named \"" + from + "\" — write (?P<" + from + ">…)");
        }
        boolean json = format == RowFormat.JSON || format == RowFormat.JSON_LINES;
        return name.map(value -> new RowColumn(value, type.orElse(ColumnType.STRING), required, from,
                json && from.startsWith("/") ? pointer(line, from) : null, timePattern(entries, type.orElse(ColumnType.STRING))));
    }

    private void checkName(int line, String name, Set<String> names) {
        if (!COLUMN_NAME.matcher(name).matches()) {
            yaml.report(line, Code.ROW_RULE_COLUMN_NAME,
                    "the column's name is malformed — give a letter, then letters, digits and _, at most 63");
        } else if (RowOrigin.COLUMNS.stream().anyMatch(name::equalsIgnoreCase)) {
            yaml.report(line, Code.ROW_RULE_COLUMN_NAME,
                    "every row has a column " + name + " already — name it otherwise and keep from: " + name);
        } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
            yaml.report(line, Code.ROW_RULE_COLUMN_NAME, "the column " + name + " comes twice — rename one; case makes no difference");
        }
    }

    private Optional<ColumnType> type(Map<String, RuleYaml.Entry> entries) {
        return yaml.text(entries, "type").map(text -> {
            try {
                return text.equals(text.toLowerCase(Locale.ROOT)) ? ColumnType.valueOf(text.toUpperCase(Locale.ROOT)) : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }).or(() -> {
            if (entries.containsKey("type")) {
                yaml.report(lineOf(entries, "type"), Code.ROW_RULE_WRONG_VALUE,
                        "there is no such type — give string, integer, decimal, boolean, time or json");
            }
            return Optional.empty();
        });
    }

    private boolean flag(Map<String, RuleYaml.Entry> entries, String key) {
        String text = yaml.text(entries, key).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            yaml.report(lineOf(entries, key), Code.ROW_RULE_WRONG_VALUE, "\"" + key + "\" is neither true nor false — give one of them");
        }
        return text.equals("true");
    }

    private JsonPointer pointer(int line, String from) {
        try {
            return JsonPointer.compile(from);
        } catch (IllegalArgumentException e) {
            yaml.report(line, Code.ROW_RULE_WRONG_VALUE, "from is not a JSON pointer — give one such as /Network/0/Address");
            return null;
        }
    }

    private DateTimeFormatter timePattern(Map<String, RuleYaml.Entry> entries, ColumnType type) {
        Optional<String> text = yaml.text(entries, "pattern");
        if (text.isPresent() && type != ColumnType.TIME) {
            yaml.report(lineOf(entries, "pattern"), Code.ROW_RULE_UNKNOWN_KEY, "a column's pattern is for the type time only — remove it");
            return null;
        }
        try {
            return text.map(value -> DateTimeFormatter.ofPattern(value, Locale.ROOT)).orElse(null);
        } catch (IllegalArgumentException e) {
            yaml.report(lineOf(entries, "pattern"), Code.ROW_RULE_WRONG_VALUE,
                    "the pattern is not a date pattern — give one such as dd.MM.yyyy HH:mm:ss");
            return null;
        }
    }

    private static int lineOf(Map<String, RuleYaml.Entry> entries, String key) {
        return entries.containsKey(key) ? entries.get(key).line() : 1;
    }
}
