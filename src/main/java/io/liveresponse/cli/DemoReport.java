package io.liveresponse.cli;

import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.Plural;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.scenario.ScenarioRequest;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The demo's table and the guarantees that it can show. Collects first, prints once. */
final class DemoReport {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Its results are those with a row rule, which the scenario does not know. */
    private static final String ROWS = "rows";
    private static final int PER_MINUTE = 100;
    private static final int PER_HOUR = 1_500;

    private final Simulator simulator;
    private final TicketSystem ticketSystem;
    private final TextTable table = new TextTable("request", "outcome", "exit code", "went to", "");
    private final Set<String> tenants = new HashSet<>();
    private int asExpected;
    private int expected;
    private int withRows;
    private boolean guaranteesHold = true;

    DemoReport(Simulator simulator, TicketSystem ticketSystem) {
        this.simulator = simulator;
        this.ticketSystem = ticketSystem;
    }

    void add(ScenarioRequest request, Optional<Timeline> timeline) {
        expected++;
        tenants.add(request.key().tenant());
        FetchedFacts facts = timeline.map(known -> known.request().fetched()).orElse(null);
        List<String> sinks = timeline.map(known -> known.deliveries().stream().map(Delivery::sink).sorted().toList()).orElse(List.of());
        boolean matches = facts != null && timeline.get().request().state() == RequestState.DELIVERED
                && facts.outcome() == request.expect().outcome()
                && Objects.equals(facts.exitCode(), request.expect().exitCode())
                && sinks.stream().filter(sink -> !sink.equals(ROWS)).toList().equals(request.expect().sinks().stream().sorted().toList());
        withRows += sinks.contains(ROWS) ? 1 : 0;
        asExpected += matches ? 1 : 0;
        table.row(request.key().toString(),
                facts == null ? timeline.map(known -> known.request().state().label()).orElse("unknown") : facts.outcome().label(),
                facts == null || facts.exitCode() == null ? "-" : facts.exitCode().toString(),
                String.join(", ", sinks),
                matches ? "" : "expected " + request.expect());
    }

    void print(PrintWriter out, Path root, DemoRows rows) {
        List<String> guarantees = new ArrayList<>();
        guarantees.add(line(asExpected == expected, asExpected + " of " + expected + " requests ended as the scenario says"));
        guarantees.add(line(ticketSystem.duplicates() == 0, Plural.of(ticketSystem.tickets().size(), "ticket") + " opened, "
                + ticketSystem.duplicates() + " of them twice"));
        guarantees
                .add(line(isQuotaKept(), Plural.of(simulator.journal().count(EndpointKind.LINK), "link call") + ", at most " + most(MINUTE)
                        + " in any minute (of " + PER_MINUTE + ") and " + most(HOUR) + " in any hour (of " + PER_HOUR + ") for a tenant"));
        guarantees.add(line(simulator.journal().bearerSeenAtBlobStore() == 0,
                "bearer seen at the blob store: " + simulator.journal().bearerSeenAtBlobStore()));
        guarantees.add(line(simulator.journal().unexpected().isEmpty(),
                "calls that nobody should make: " + simulator.journal().unexpected().size()));
        guarantees.add(line(withRows > 0 && rows.results() == withRows, rows.totals()));
        out.println();
        table.print(out);
        out.println();
        rows.print(out);
        guarantees.forEach(out::println);
        out.println();
        out.println("Look at " + Path.of("").toAbsolutePath().relativize(root)
                + ": results/, mails/ (.eml and .html), tickets/, data/ (ledger, inbox, spool), "
                + "data/rows/ (a table for each rule, row-rules/, as CSV and JSON lines; its rejects).");
        out.flush();
    }

    boolean isAsExpected() {
        return asExpected == expected && guaranteesHold;
    }

    private boolean isQuotaKept() {
        return most(MINUTE) <= PER_MINUTE && most(HOUR) <= PER_HOUR;
    }

    private int most(Duration window) {
        return tenants.stream().mapToInt(tenant -> simulator.journal().maxInAnyWindow(tenant, window)).max().orElse(0);
    }

    private String line(boolean holds, String what) {
        guaranteesHold &= holds;
        return (holds ? "  ok    " : "  NOT   ") + what;
    }
}
