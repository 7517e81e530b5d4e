package io.liveresponse.validate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One entry of {@code validate/corpus.txt}, which explains its form. */
record Mistake(String name, Map<String, String> fields, List<String> edit) {

    private static final Pattern FIELD = Pattern.compile("(in|new|code|also|at): (.+)");

    static List<Mistake> corpus() throws IOException {
        try (InputStream in = Mistake.class.getResourceAsStream("/validate/corpus.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^== ")).skip(1).map(Mistake::parse).toList();
        }
    }

    private static Mistake parse(String entry) {
        List<String> lines = entry.lines().filter(line -> !line.isBlank()).toList();
        List<Matcher> fields = lines.stream().map(FIELD::matcher).filter(Matcher::matches).toList();
        return new Mistake(lines.get(0), fields.stream().collect(Collectors.toMap(field -> field.group(1), field -> field.group(2))),
                lines.stream().filter(line -> line.matches("[ @*+-]\\|.*")).toList());
    }

    boolean isNew() {
        return fields.containsKey("new");
    }

    String file() {
        return fields.getOrDefault("new", fields.get("in"));
    }

    /** The file with the mistake in it. */
    String applyTo(String text) {
        if (isNew()) {
            return lines("+*");
        }
        String before = lines(" @-");
        int at = text.indexOf(before);
        if (at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalStateException("has to stand in " + file() + " exactly once:\n" + before);
        }
        return text.substring(0, at) + lines(" @+*") + text.substring(at + before.length());
    }

    /** The file, line and code that are to be found. */
    String expected(Map<String, String> shipped, Map<String, String> edited) {
        String[] at = fields.getOrDefault("at", "").split(" ", 2);
        if (at.length == 2) {
            return at[0] + ":" + lineOf(edited.get(at[0]), at[1]) + " " + fields.get("code");
        }
        List<String> kept = edit.stream().filter(line -> line.charAt(0) != '-').toList();
        int marked = kept.indexOf(kept.stream().filter(line -> "@*".indexOf(line.charAt(0)) >= 0).findFirst().orElseThrow());
        String untouched = isNew() ? "" : shipped.get(file()).substring(0, shipped.get(file()).indexOf(lines(" @-")));
        return file() + ":" + (untouched.lines().count() + marked + 1) + " " + fields.get("code");
    }

    /** Codes that may be found besides. */
    List<String> also() {
        return List.of(fields.getOrDefault("also", "").split(","));
    }

    private static int lineOf(String text, String part) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(part)) {
                return i + 1;
            }
        }
        throw new IllegalStateException("no line " + part);
    }

    private String lines(String kinds) {
        List<String> chosen = new ArrayList<>();
        edit.stream().filter(line -> kinds.indexOf(line.charAt(0)) >= 0)
                .forEach(line -> chosen.add(line.substring(2).replace("\\t", "\t") + "\n"));
        return String.join("", chosen);
    }

    @Override
    public String toString() {
        return name;
    }
}
