package io.liveresponse.cli;

import io.liveresponse.model.Plural;
import io.liveresponse.rows.Reject;
import io.liveresponse.rows.Row;
import io.liveresponse.rows.RowItem;
import io.liveresponse.rows.RowSummary;
import io.liveresponse.rows.RowsTry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What row rules make of a script's output. */
@Command(name = "rows", description = "Shows what a row rule makes of a result.", mixinStandardHelpOptions = true,
        subcommands = RowsCommand.Try.class)
final class RowsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say which: try");
    }

    /** One rule and one file, offline; nothing is stored. */
    @Command(name = "try", description = "Reads a kept transcript, or plain output of a script, by a rule. Stores nothing.",
            mixinStandardHelpOptions = true, exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:every record is a row", "1:there are rejects, or no record at all",
                    "2:the rule has mistakes, or a file cannot be read"})
    static final class Try implements Callable<Integer> {

        private static final int SHOWN = 50;

        @Spec
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "RULE", description = "The rule, such as config/row-rules/mp-computer-status.yaml.")
        private Path rule;

        @Parameters(index = "1", paramLabel = "FILE", description = "A kept result, such as results/contoso/ID/0.transcript.json.")
        private Path file;

        @Option(names = "--json", description = "Every row and reject as one JSON object a line, and nothing else.")
        private boolean json;

        private final List<Row> rows = new ArrayList<>();
        private final List<Reject> rejects = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            for (Path each : List.of(rule, file)) {
                if (!Files.isReadable(each) || Files.isDirectory(each)) {
                    throw new CommandLine.ParameterException(spec.commandLine(), each + " does not exist or cannot be read");
                }
            }
            RowsTry.Report report = new RowsTry(Clock.systemUTC()).run(rule, file,
                    item -> {
                        if (json) {
                            JsonLines.print(out, item.fields());
                        } else {
                            keep(item);
                        }
                    });
            if (report.summary() == null) {
                report.problems().forEach(spec.commandLine().getErr()::println);
                return CommandLine.ExitCode.USAGE;
            }
            if (!json) {
                print(out, report.summary());
            }
            out.flush();
            return report.summary().records() == report.summary().rows() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }

        /** The first of each kind, whatever the size of the output. */
        private void keep(RowItem item) {
            if (item instanceof Row row && rows.size() < SHOWN) {
                rows.add(row);
            } else if (item instanceof Reject reject && rejects.size() < SHOWN) {
                rejects.add(reject);
            }
        }

        private void print(PrintWriter out, RowSummary summary) {
            if (summary.rows() > 0) {
                TextTable table = new TextTable(Stream.concat(Stream.of("row"), rows.get(0).values().keySet().stream())
                        .toArray(String[]::new));
                rows.forEach(row -> table.row(Stream.concat(Stream.of(row.rowNumber()), row.values().values().stream())
                        .map(value -> value == null ? "-" : TerminalText.text(value)).toArray(String[]::new)));
                table.print(out);
            }
            rejects.forEach(reject -> out.println(TerminalText.line(file + ":" + reject.line() + ": " + reject.code() + " "
                    + reject.reason() + " " + reject.excerpt())));
            out.println(summary.noAnswer() == null
                    ? Plural.of(summary.rows(), "row") + ", " + Plural.of(summary.rejects(), "reject")
                            + (summary.records() > rows.size() + rejects.size() ? "; the first " + SHOWN + " of each are shown" : "")
                    : "no record (" + summary.noAnswer() + "): the device gets a row that says so");
        }
    }
}
