package io.liveresponse.runs;

import io.liveresponse.model.Outcome;
import io.liveresponse.model.Plural;
import io.liveresponse.model.RunTable;
import io.liveresponse.model.SafeText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of a run as an HTML page that mail programs show too. Names and reasons are shown as text. Stateless. */
final class RunHtml {

    /** A page with more rows is of no use to a reader; the CSV has all. */
    static final int MOST_ROWS = 1_000;
    private static final Set<String> GOOD = labels(Outcome.SUCCEEDED, Outcome.FILE_RETRIEVED);
    private static final Set<String> BAD = labels(Outcome.FAILED, Outcome.INTEGRITY_FAILED, Outcome.ACTION_FAILED,
            Outcome.ACTION_TIMED_OUT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>%1$s</title>
            <style>
            th, td { text-align: left; vertical-align: top; padding: 6px 16px 6px 0; overflow-wrap: break-word }
            th { white-space: nowrap }
            .list td, .list th { border-bottom: 1px solid #d0d7de }
            @media (prefers-color-scheme: dark) {
              .page { background: #16181c !important }
              .card { background: #1f2226 !important; color: #e6e8eb !important }
              .soft { color: #a9b0b8 !important }
              .list td, .list th { border-color: #3d444d !important }
            }
            </style>
            </head>
            <body class="page" style="margin:0;padding:16px;background:#f4f5f7;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
            <div class="card" style="max-width:880px;margin:0 auto;padding:20px 24px;background:#ffffff;color:#1f2328;border-left:6px solid %2$s">
            <div style="font-size:21px;line-height:1.3;font-weight:600;overflow-wrap:anywhere">%9$s</div>
            %3$s
            <table role="presentation" cellspacing="0" style="width:100%%;margin:16px 0 8px;border-collapse:collapse"><tr>%4$s</tr></table>
            <div style="font-size:15px">%5$s</div>
            <table role="presentation" style="margin:16px 0;border-collapse:collapse;font-size:15px">
            %6$s</table>
            <table class="list" style="width:100%%;border-collapse:collapse;font-size:15px">
            <tr><th style="min-width:230px">Device</th><th>Result</th><th>Exit code</th><th>Reason</th></tr>
            %7$s</table>
            %8$s</div>
            </body>
            </html>
            """;

    /** How a row looks; in this order, since what needs somebody comes first. */
    private enum Tone {
        BAD("#cf222e"), CHECK("#bf8700"), NOT_RUN("#59636e"), GOOD("#1a7f37");

        private final String colour;

        Tone(String colour) {
            this.colour = colour;
        }
    }

    /** The devices with one result: how many, and those that the page may show. Used by one thread. */
    private static final class Group {

        private final Tone tone;
        private final String result;
        private final List<RunTable.Row> first = new ArrayList<>();
        private int devices;

        Group(Tone tone, String result) {
            this.tone = tone;
            this.result = result;
        }

        void add(RunTable.Row row) {
            devices++;
            if (first.size() < MOST_ROWS) {
                first.add(row);
            }
        }
    }

    private RunHtml() {
    }

    static String page(RunTable run, String title) {
        Map<String, Group> byResult = new TreeMap<>();
        run.rows().forEach(row -> byResult.computeIfAbsent(result(row), result -> new Group(tone(row), result)).add(row));
        List<Group> groups = byResult.values().stream().sorted(Comparator.comparing(group -> group.tone)).toList();
        int all = run.devices();
        String more = all > MOST_ROWS ? soft((all - MOST_ROWS) + " more rows are in the CSV file.") : "";
        return PAGE.formatted(escaped(title), groups.stream().map(group -> group.tone).findFirst().orElse(Tone.GOOD).colour,
                run.stopReason() == null
                        ? ""
                        : "<div style=\"margin:4px 0;font-weight:600\">Stopped: " + escaped(run.stopReason()) + "</div>",
                groups.stream().map(group -> segment(group, all)).collect(Collectors.joining()),
                groups.stream().map(RunHtml::count).collect(Collectors.joining(" &nbsp; ")),
                facts(run), groups.stream().flatMap(group -> group.first.stream()).limit(MOST_ROWS).map(RunHtml::row)
                        .collect(Collectors.joining()),
                more,
                escaped(run.script() == null ? "Commands" : run.script()) + ": "
                        + groups.stream().filter(group -> group.tone == Tone.GOOD).mapToInt(group -> group.devices).sum()
                        + " of " + Plural.of(all, "device") + " succeeded");
    }

    /** A part of the bar, as wide as its share. */
    private static String segment(Group group, int all) {
        return String.format(Locale.ROOT,
                "<td style=\"padding:0;height:12px;font-size:0;border-right:1px solid #ffffff;background:%s;width:%.2f%%\">&nbsp;</td>",
                group.tone.colour, 100.0 * group.devices / all);
    }

    private static String count(Group group) {
        return "<span style=\"white-space:nowrap\">" + dot(group.tone) + "<b>" + group.devices + "</b> " + escaped(group.result)
                + "</span>";
    }

    private static String facts(RunTable run) {
        return fact("Comment", run.comment()) + fact("Tenant", run.tenant()) + fact("Started", time(run.createdAt()))
                + fact("Ended", time(run.endedAt())) + fact("Script SHA-256", run.scriptSha256()) + fact("Run", run.run());
    }

    private static String fact(String name, String value) {
        return value == null
                ? ""
                : "<tr><td class=\"soft\" style=\"padding:1px 20px 1px 0;color:#59636e;white-space:nowrap\">" + name
                        + "</td><td style=\"padding:1px 0\">" + escaped(value) + "</td></tr>\n";
    }

    private static String row(RunTable.Row row) {
        return "<tr><td>" + escaped(row.device() == null ? row.machineId() : row.device()) + "</td><td style=\"white-space:nowrap\">"
                + dot(tone(row))
                + escaped(result(row)) + "</td><td>" + (row.exitCode() == null ? "" : row.exitCode()) + "</td><td>" + escaped(row.reason())
                + "</td></tr>\n";
    }

    private static String dot(Tone tone) {
        return "<span style=\"color:" + tone.colour + "\">&#9679;</span> ";
    }

    private static String soft(String text) {
        return "<div class=\"soft\" style=\"margin-top:16px;font-size:13px;color:#59636e\">" + text + "</div>\n";
    }

    /** The outcome of a device that ran, else how it ended. */
    private static String result(RunTable.Row row) {
        return row.outcome() == null ? row.end() : row.outcome();
    }

    private static Tone tone(RunTable.Row row) {
        if (!"ran".equals(row.end())) {
            return "unknown".equals(row.end()) ? Tone.CHECK : Tone.NOT_RUN;
        }
        return GOOD.contains(row.outcome()) ? Tone.GOOD : BAD.contains(row.outcome()) ? Tone.BAD : Tone.CHECK;
    }

    private static Set<String> labels(Outcome... outcomes) {
        return Set.of(outcomes).stream().map(Outcome::label).collect(Collectors.toUnmodifiableSet());
    }

    private static String time(Instant time) {
        return time == null ? null : TIME.format(time);
    }

    private static String escaped(String value) {
        return value == null ? "" : SafeText.of(value).html();
    }
}
