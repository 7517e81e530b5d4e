package io.liveresponse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.Plural;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The demo's row rules, and its tables of rows as one: a line for each device and a column for each script. */
final class DemoRows {

    private static final List<String> RULES = List.of("driver-audit", "sensor-health", "usb-history");
    private static final String REJECTS = ".rejects.jsonl";

    private final Map<String, Map<String, Cell>> devices = new TreeMap<>();
    private final Set<String> scripts = new TreeSet<>();
    private final List<String> rejects = new ArrayList<>();

    /** What the tables hold of one script on one device. */
    private static final class Cell {

        private int rows;
        private int rejects;
        private String noAnswer;

        @Override
        public String toString() {
            if (noAnswer != null) {
                return "no answer: " + noAnswer;
            }
            return (rows > 0 ? Plural.of(rows, "row") : "") + (rows > 0 && rejects > 0 ? ", " : "")
                    + (rejects > 0 ? Plural.of(rejects, "reject") : "");
        }
    }

    /** Copies the rules to the directory. */
    static void writeRules(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String rule : RULES) {
            try (InputStream in = DemoRows.class.getResourceAsStream("demo-row-rules/" + rule + ".yaml")) {
                Files.copy(in, directory.resolve(rule + ".yaml"));
            }
        }
    }

    /** @param tables the directory of the tables */
    static DemoRows read(Path tables) throws IOException {
        DemoRows demo = new DemoRows();
        try (Stream<Path> files = Files.find(tables, 2, (file, attributes) -> file.toString().endsWith(".jsonl"))) {
            for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
                for (String line : Files.readAllLines(file)) {
                    demo.add(file, new ObjectMapper().readTree(line));
                }
            }
        }
        return demo;
    }

    private void add(Path file, JsonNode row) {
        scripts.add(row.path("scriptName").asText());
        Cell cell = devices.computeIfAbsent(row.path("deviceName").asText(), device -> new TreeMap<>())
                .computeIfAbsent(row.path("scriptName").asText(), script -> new Cell());
        if (file.toString().endsWith(REJECTS)) {
            cell.rejects++;
            rejects.add(Path.of("").toAbsolutePath().relativize(file.toAbsolutePath()) + ": " + row.path("deviceName").asText() + ", line "
                    + row.path("line").asInt() + ": " + row.path("code").asText() + " " + row.path("reason").asText() + " "
                    + row.path("excerpt").asText());
        } else if (row.path("noAnswer").isNull()) {
            cell.rows++;
        } else {
            cell.noAnswer = row.path("noAnswer").asText();
        }
    }

    /** How many results the tables know. */
    int results() {
        return devices.values().stream().mapToInt(Map::size).sum();
    }

    String totals() {
        List<Cell> cells = devices.values().stream().flatMap(device -> device.values().stream()).toList();
        return Plural.of(results(), "result") + " of scripts with a row rule: "
                + Plural.of(cells.stream().mapToInt(cell -> cell.rows).sum(), "row") + ", " + Plural.of(rejects.size(), "reject") + ", "
                + cells.stream().filter(cell -> cell.noAnswer != null).count() + " without an answer";
    }

    void print(PrintWriter out) {
        out.println("Rows");
        TextTable table = new TextTable(Stream.concat(Stream.of("device"), scripts.stream()).toArray(String[]::new));
        devices.forEach((device, cells) -> table.row(Stream.concat(Stream.of(TerminalText.text(device)),
                scripts.stream().map(script -> cells.containsKey(script) ? cells.get(script).toString() : "-")).toArray(String[]::new)));
        table.print(out);
        rejects.forEach(reject -> out.println(TerminalText.line(reject)));
        out.println();
    }
}
