package io.liveresponse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts files, or regions of them, into the fenced blocks that ask for them: {@code <!-- include: path -->}, or {@code path#tag}. */
final class Snippets {

    private static final Pattern MARKER = Pattern.compile("(?m)^<!-- include: ([^\\s#]+)(?:#(\\S+))? -->$");
    private static final Pattern BLOCK = Pattern
            .compile("(?ms)^<!-- include: ([^\\s#]+)(?:#(\\S+))? -->\\n(```\\w*\\n)(?:(?!^```).*?\\n)??```$");

    private final Path root;

    private Snippets(Path root) {
        this.root = root;
    }

    /** @param root what the paths are relative to */
    static Snippets in(Path root) {
        return new Snippets(root);
    }

    /** The text with each block as its region says; throws IllegalArgumentException for a marker without block or region. */
    String included(String text) {
        List<String> blocks = BLOCK.matcher(text).results()
                .map(block -> text.substring(block.start(), block.end()).lines().findFirst().orElseThrow()).toList();
        MARKER.matcher(text).results().map(MatchResult::group).filter(marker -> !blocks.contains(marker)).findFirst().ifPresent(marker -> {
            throw new IllegalArgumentException("no fenced block follows " + marker);
        });
        return BLOCK.matcher(text).replaceAll(block -> Matcher.quoteReplacement(block.group().lines().findFirst().orElseThrow() + "\n"
                + block.group(3) + region(block.group(1), block.group(2)) + "```"));
    }

    private String region(String file, String tag) {
        List<String> lines = linesOf(file);
        if (tag == null) {
            return String.join("\n", lines) + "\n";
        }
        int from = indexOf(lines, "tag::" + tag + "[]");
        int to = indexOf(lines, "end::" + tag + "[]");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(file + " has no region " + tag);
        }
        return lines.subList(from + 1, to).stream().filter(line -> !line.matches("\\W*(tag|end)::\\S+\\[]\\W*"))
                .collect(Collectors.joining("\n")).stripTrailing().stripIndent().strip() + "\n";
    }

    private List<String> linesOf(String file) {
        try {
            return Files.readAllLines(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("an included file cannot be read: " + file, e);
        }
    }

    private static int indexOf(List<String> lines, String comment) {
        return lines.stream().map(line -> line.contains(comment)).toList().indexOf(true);
    }
}
