package io.liveresponse.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A corpus: one case a line, cells parted by {@code |} with a blank on either side, {@code #} begins a comment line. */
final class Table {

    private static final Pattern ESCAPE = Pattern.compile("\\\\([nrt0q\\\\]|u\\{([0-9A-F]+)})");

    private Table() {
    }

    static Stream<List<String>> rows(String resource, int columns) throws IOException {
        try (InputStream in = Table.class.getClassLoader().getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> cells(line, columns))
                    .toList()
                    .stream();
        }
    }

    private static List<String> cells(String line, int columns) {
        List<String> cells = Stream.of(line.split("\\s+\\|\\s+", -1)).map(String::strip).toList();
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells, " + columns + " wanted: " + line);
        }
        return cells;
    }

    /** The text between a cell's quotes; half a surrogate pair can stand in it, so it is not for {@link ByteExpression}. */
    static String unquoted(String cell) {
        if (cell.length() < 2 || !cell.startsWith("'") || !cell.endsWith("'")) {
            throw new IllegalArgumentException("not in quotes: " + cell);
        }
        return ESCAPE.matcher(cell.substring(1, cell.length() - 1)).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape)));
    }

    private static String unescaped(MatchResult escape) {
        return escape.group(2) != null
                ? Character.toString(Integer.parseInt(escape.group(2), 16))
                : "\n\r\t\0\\'".substring("nrt0\\q".indexOf(escape.group(1)), "nrt0\\q".indexOf(escape.group(1)) + 1);
    }
}
