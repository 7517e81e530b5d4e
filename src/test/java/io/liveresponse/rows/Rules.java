package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rules and rows for tests. */
final class Rules {

    static final String KEY = "contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0";
    static final RowOrigin ORIGIN = new RowOrigin(KEY, "contoso", "d1", "ws-1", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0,
            "a.ps1", null, Instant.parse("2026-11-01T10:00:00Z"));

    private Rules() {
    }

    /** A rule without mistakes, for the script {@code a.ps1}. */
    static RowRule rule(String... lines) {
        RowRuleReader.Outcome outcome = RowRuleReader.read("a.yaml", "a", "script: a.ps1\n" + String.join("\n", lines) + "\n");
        assertThat(outcome.problems()).isEmpty();
        return outcome.rule();
    }

    static RowStream stream(RowRule rule, String output) {
        return new RowStream(rule, ORIGIN, new StringReader(output), RowReader.EMPTY);
    }

    static List<RowItem> items(RowRule rule, String output) {
        List<RowItem> items = new ArrayList<>();
        stream(rule, output).forEachRemaining(items::add);
        return items;
    }

    /** {@code 1{a=1, b=x}} for a row, {@code 2:CODE@7} for a reject of line 7, {@code 0:empty} for no answer. */
    static List<String> texts(RowRule rule, String... output) {
        return items(rule, String.join("\n", output)).stream().map(Rules::text).toList();
    }

    static String text(RowItem item) {
        return item instanceof Row row
                ? row.rowNumber() + (row.noAnswer() == null ? row.values().toString() : ":" + row.noAnswer())
                : item.rowNumber() + ":" + ((Reject) item).code() + "@" + ((Reject) item).line();
    }
}
