package io.liveresponse.cli;

import java.io.PrintWriter;
import java.util.List;

/** The table of a dry run, or its JSON lines as they come. */
final class DryRunReport {

    private final PrintWriter json;
    private final TextTable table = new TextTable("", "request", "outcome", "went to", "would go to");
    private int judged;
    private int different;
    private int notJudged;

    /** @param json null for a table */
    DryRunReport(PrintWriter json) {
        this.json = json;
    }

    void add(DryRunLine line) {
        notJudged += line.wouldGo() == null ? 1 : 0;
        judged += line.wouldGo() == null ? 0 : 1;
        different += line.differs() ? 1 : 0;
        if (json != null) {
            JsonLines.print(json, line);
            return;
        }
        String outcome = line.outcome() == null ? "-" : line.outcome() + (line.exitCode() == null ? "" : " (" + line.exitCode() + ")");
        table.row(line.wouldGo() == null ? "?" : line.differs() ? "*" : "", line.key().toString(), outcome, names(line.went()),
                line.wouldGo() == null ? line.note() : wouldGo(line));
    }

    /** @return true if each could be judged */
    boolean print(PrintWriter out) {
        if (json == null) {
            table.print(out);
            out.println();
            out.println(different + " of " + judged + " would go elsewhere (*)"
                    + (notJudged == 0 ? "" : ", " + notJudged + " could not be judged (?)") + ". Nothing was delivered.");
        }
        return notJudged == 0;
    }

    private static String wouldGo(DryRunLine line) {
        return names(line.wouldGo()) + (line.off().isEmpty() ? "" : "  (not set up: " + names(line.off()) + ")");
    }

    private static String names(List<String> sinks) {
        return sinks == null || sinks.isEmpty() ? "-" : TerminalText.line(String.join(", ", sinks));
    }
}
