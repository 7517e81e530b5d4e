package io.liveresponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Does what a page tells its reader to do, in a copy of the project's {@code routes} and {@code config}: each {@code cp} of a
 * shell block, and each diff block, whose first line names the file and which must fit at one place only.
 */
public final class Guide {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(sh|diff)\\n(.*?)^ *```$");
    private static final String FILE = "--- ";

    private final Path root;

    private Guide(Path root) {
        this.root = root;
    }

    /** @param root where the copy is made */
    public static Guide in(Path root) throws IOException {
        for (String directory : List.of("routes", "config")) {
            try (Stream<Path> all = Files.walk(Path.of(directory))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Path target = root.resolve(file);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
        return new Guide(root);
    }

    public Path routes() {
        return root.resolve("routes");
    }

    public Path settings() {
        return root.resolve("config/application.properties");
    }

    /** All steps of a page; returns how many were done. */
    public int follow(Path page) throws IOException {
        return follow(Files.readString(page));
    }

    /** The steps between a heading of a page and the next of any kind; returns how many were done. */
    public int follow(Path page, String heading) throws IOException {
        String text = Files.readString(page);
        String start = "\n" + heading + "\n";
        int from = text.indexOf(start);
        if (from < 0) {
            throw new IllegalArgumentException(page + " has no heading " + heading);
        }
        return follow(text.substring(from + start.length()).split("(?m)^#+ ", 2)[0]);
    }

    private int follow(String text) throws IOException {
        int done = 0;
        for (MatchResult block : BLOCK.matcher(text).results().toList()) {
            List<String> lines = block.group(2).lines().map(line -> line.replaceFirst("^ {" + indent(block.group()) + "}", "")).toList();
            if (block.group(1).equals("diff")) {
                edit(root.resolve(lines.get(0).substring(FILE.length())), lines.subList(1, lines.size()));
                done++;
            } else {
                done += copy(lines);
            }
        }
        return done;
    }

    private static int indent(String block) {
        return block.length() - block.stripLeading().length();
    }

    /** What concerns a checkout of the sources is not for the copy. */
    private int copy(List<String> commands) throws IOException {
        int done = 0;
        for (String[] words : commands.stream().map(line -> line.split(" ")).filter(words -> words[0].equals("cp")).toList()) {
            if (!words[1].startsWith("src/")) {
                Files.copy(root.resolve(words[1]), root.resolve(words[2]));
                done++;
            }
        }
        return done;
    }

    private static void edit(Path file, List<String> diff) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        List<String> before = side(diff, '-');
        List<Integer> places = IntStream.rangeClosed(0, lines.size() - before.size()).boxed()
                .filter(at -> lines.subList(at, at + before.size()).equals(before)).toList();
        if (places.size() != 1) {
            throw new IllegalStateException(places.size() + " places in " + file + " for\n" + String.join("\n", diff));
        }
        List<String> edited = new ArrayList<>(lines.subList(0, places.get(0)));
        edited.addAll(side(diff, '+'));
        edited.addAll(lines.subList(places.get(0) + before.size(), lines.size()));
        Files.write(file, edited);
    }

    private static List<String> side(List<String> diff, char kind) {
        return diff.stream().filter(line -> line.charAt(0) == ' ' || line.charAt(0) == kind).map(line -> line.substring(1)).toList();
    }
}
