package io.liveresponse.runs;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.liveresponse.model.RunResult;
import io.liveresponse.model.RunTable;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Settings;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;

/** The table of a run as CSV, as an HTML page and as a mail. Nothing in it is taken for more than text. Thread-safe. */
public final class RunPages {

    /** A page with more rows is of no use to a reader; the CSV has all. */
    private static final int MOST_ROWS = 1_000;
    private static final String TO = "live-response.deliver.email.to";

    private final Settings settings;

    public RunPages(Settings settings) {
        this.settings = settings;
    }

    /** Relative to the directory of the results. */
    public String directory(RunResult result) {
        return "runs/" + result.tenant() + "/" + result.run().createdAt().atOffset(ZoneOffset.UTC).toLocalDate() + "-" + result.run().run();
    }

    /** RFC 4180 with a header line; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
    public static String csv(RunResult result) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord("device", "machineId", "end", "outcome", "exitCode", "reason", "machineActionId", "starts");
            for (RunTable.Row row : result.run().rows()) {
                csv.writeRecord(cell(row.device()), cell(row.machineId()), cell(row.end()), cell(row.outcome()),
                        row.exitCode() == null ? "" : row.exitCode().toString(), cell(row.reason()), cell(row.machineActionId()),
                        Integer.toString(row.starts()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String cell(String value) {
        String text = value == null ? "" : SafeText.of(value).plain();
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** A whole page: counts, then the devices, those that did not run or failed first. */
    public static String html(RunResult result) {
        RunTable run = result.run();
        StringBuilder page = new StringBuilder(4096);
        page.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>").append(escaped(subject(result)))
                .append("</title></head>")
                .append("<body style=\"font-family:sans-serif\"><h1 style=\"font-size:1.2em\">").append(escaped(subject(result)))
                .append("</h1><p>")
                .append(escaped(run.comment() + " (run " + run.run() + ", tenant " + run.tenant() + ", " + run.createdAt() + " to "
                        + run.endedAt() + ")"))
                .append("</p>");
        if (run.stopReason() != null) {
            page.append("<p><b>Stopped: ").append(escaped(run.stopReason())).append("</b></p>");
        }
        page.append(
                "<table cellpadding=\"4\" style=\"border-collapse:collapse\" border=\"1\"><tr><th>device</th><th>end</th><th>outcome</th><th>exit code</th>")
                .append("<th>reason</th></tr>");
        List<RunTable.Row> rows = run.rows().stream().sorted(Comparator.comparing(row -> "succeeded".equals(row.outcome()))).toList();
        for (RunTable.Row row : rows.subList(0, Math.min(MOST_ROWS, rows.size()))) {
            page.append("<tr><td>").append(escaped(row.device() == null ? row.machineId() : row.device())).append("</td><td>")
                    .append(escaped(row.end()))
                    .append("</td><td>").append(escaped(row.outcome())).append("</td><td>")
                    .append(row.exitCode() == null ? "" : row.exitCode())
                    .append("</td><td>").append(escaped(row.reason())).append("</td></tr>");
        }
        page.append("</table>");
        if (rows.size() > MOST_ROWS) {
            page.append("<p>").append(rows.size() - MOST_ROWS).append(" more rows are in the CSV file.</p>");
        }
        return page.append("</body></html>\n").toString();
    }

    private static String escaped(String value) {
        return value == null ? "" : SafeText.of(value).html();
    }

    /** One line with the counts. */
    public static String subject(RunResult result) {
        RunTable run = result.run();
        String what = run.script() == null ? "commands" : SafeText.of(run.script()).plain();
        return ("Run of " + what + " on " + run.devices() + " devices: " + counts(run.ends())
                + (run.outcomes().isEmpty() ? "" : " (" + counts(run.outcomes()) + ")"))
                .replace("=?", "= ?");
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(count -> count.getValue() + " " + count.getKey()).collect(Collectors.joining(", "));
    }

    /** The recipients of all results; nothing of the run chooses one. */
    public String recipients() {
        return settings.text(TO);
    }

    /** The same for every attempt (RFC 5322, 3.6.4). */
    public static String messageId(RunResult result) {
        return "<run." + result.run().run() + "@live-response-routes.invalid>";
    }

    /** Attaches the CSV. */
    public static void attach(@Variable("liveResponseResult") RunResult result, Exchange exchange) {
        byte[] bytes = csv(result).getBytes(StandardCharsets.UTF_8);
        exchange.getMessage(AttachmentMessage.class).addAttachmentObject("run-" + result.run().run() + ".csv",
                new DefaultAttachment(new ByteArrayDataSource(bytes, "text/csv")));
    }
}
