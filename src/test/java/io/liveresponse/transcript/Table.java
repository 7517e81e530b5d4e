package io.liveresponse.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A corpus: one case a line, cells parted by {@code |} with a blank on either side, {@code #} begins a comment line. */
final class Table {

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
}
