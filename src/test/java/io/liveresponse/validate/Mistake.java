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
import java.util.stream.IntStream;
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
            return String.join("\n", edit(0, "+*")) + "\n";
        }
        List<String> lines = text.lines().toList();
        int at = placeIn(lines);
        List<String> edited = new ArrayList<>(lines.subList(0, at));
        edited.addAll(edit(depthIn(lines, at), " @+*"));
        edited.addAll(lines.subList(at + edit(0, " @-").size(), lines.size()));
        return String.join("\n", edited) + "\n";
    }

    /** The file, line and code that are to be found. */
    String expected(Map<String, String> shipped, Map<String, String> edited) {
        String[] at = fields.getOrDefault("at", "").split(" ", 2);
        if (at.length == 2) {
            return at[0] + ":" + (edited.get(at[0]).lines().map(String::strip).toList().indexOf(at[1]) + 1) + " " + fields.get("code");
        }
        List<String> kept = edit.stream().filter(line -> line.charAt(0) != '-').toList();
        int marked = kept.indexOf(kept.stream().filter(line -> "@*".indexOf(line.charAt(0)) >= 0).findFirst().orElseThrow());
        int before = isNew() ? 0 : placeIn(shipped.get(file()).lines().toList());
        return file() + ":" + (before + marked + 1) + " " + fields.get("code");
    }

    private int placeIn(List<String> lines) {
        List<String> wanted = edit(0, " @-").stream().map(String::strip).toList();
        List<Integer> places = IntStream.rangeClosed(0, lines.size() - wanted.size()).boxed()
                .filter(i -> lines.subList(i, i + wanted.size()).stream().map(String::strip).toList().equals(wanted)).toList();
        if (places.size() != 1) {
            throw new IllegalStateException(places.size() + " places in " + file() + " for\n" + String.join("\n", wanted));
        }
        return places.get(0);
    }

    /** How much deeper than in the corpus it stands in the file. */
    private int depthIn(List<String> lines, int at) {
        return indent(lines.get(at)) - indent(edit(0, " @-").get(0));
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Codes that may be found besides. */
    List<String> also() {
        return List.of(fields.getOrDefault("also", "").split(","));
    }

    private List<String> edit(int deeper, String kinds) {
        return edit.stream().filter(line -> kinds.indexOf(line.charAt(0)) >= 0).map(line -> line.substring(2).replace("\\t", "\t"))
                .map(line -> deeper >= 0 ? " ".repeat(deeper) + line : line.substring(Math.min(-deeper, indent(line)))).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
