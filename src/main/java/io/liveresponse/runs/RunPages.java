package io.liveresponse.runs;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.liveresponse.model.Plural;
import io.liveresponse.model.RunResult;
import io.liveresponse.model.RunTable;
import io.liveresponse.model.SafeText;
import io.liveresponse.settings.Settings;
import jakarta.activation.DataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachment;

/** The table of a run as CSV, as an HTML page and as a mail. Nothing in it is taken for more than text. Thread-safe. */
public final class RunPages {

    private static final String TO = "live-response.deliver.email.to";

    private final Settings settings;

    public RunPages(Settings settings) {
        this.settings = settings;
    }

    /** Relative to the directory of the results. */
    public String directory(RunResult result) {
        return "runs/" + result.tenant() + "/" + result.run().createdAt().atOffset(ZoneOffset.UTC).toLocalDate() + "-" + result.run().run();
    }

    /** RFC 4180 with a header line; a cell that a spreadsheet would take for a formula begins with an apostrophe. Made while it is read. */
    public static InputStream csv(RunResult result) {
        return LazyBytes.of(lines(result).map(line -> line.getBytes(StandardCharsets.UTF_8)));
    }

    /** What a mail program shows that shows no HTML: the CSV, as far as a reader would go. */
    public static String text(RunResult result) {
        int more = result.run().devices() - RunHtml.MOST_ROWS;
        return lines(result).limit(1L + RunHtml.MOST_ROWS).collect(Collectors.joining())
                + (more > 0 ? more + " more rows are in the CSV file.\r\n" : "");
    }

    private static Stream<String> lines(RunResult result) {
        return Stream.concat(
                Stream.of(line("device", "machineId", "end", "outcome", "exitCode", "reason", "machineActionId", "starts")),
                result.run().rows().stream().map(row -> line(cell(row.device()), cell(row.machineId()), cell(row.end()),
                        cell(row.outcome()), row.exitCode() == null ? "" : row.exitCode().toString(), cell(row.reason()),
                        cell(row.machineActionId()), Integer.toString(row.starts()))));
    }

    private static String line(String... cells) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** As in {@code run.schema.json}. Made while it is read. */
    public static InputStream json(RunResult result) {
        return RunTableJson.of(result.run());
    }

    private static String cell(String value) {
        String text = value == null ? "" : SafeText.of(value).plain();
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** A whole page: counts, then the devices, those that failed or did not run first. */
    public static String html(RunResult result) {
        return RunHtml.page(result.run(), subject(result));
    }

    /** One line with the counts. */
    public static String subject(RunResult result) {
        RunTable run = result.run();
        String what = run.script() == null ? "commands" : SafeText.of(run.script()).plain();
        return ("Run of " + what + " on " + Plural.of(run.devices(), "device") + ": " + counts(run.ends())
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

    /** Attaches the CSV, which is made while the mail is sent. */
    public static void attach(@Variable("liveResponseResult") RunResult result, Exchange exchange) {
        String name = "run-" + result.run().run() + ".csv";
        exchange.getMessage(AttachmentMessage.class).addAttachmentObject(name, new DefaultAttachment(new Csv(name, result)));
    }

    private record Csv(String name, RunResult result) implements DataSource {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public String getContentType() {
            return "text/csv; charset=UTF-8";
        }

        @Override
        public InputStream getInputStream() {
            return csv(result);
        }

        @Override
        public OutputStream getOutputStream() {
            throw new UnsupportedOperationException("the table is only read");
        }
    }
}
