package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestRecord;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Requests, newest first, page by page. */
@Command(name = "list", description = "Lists requests, newest first. Times are UTC.", mixinStandardHelpOptions = true)
final class RequestsListCommand extends LedgerCommand {

    @Mixin
    private FilterOptions filter;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most this many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--before", paramLabel = "NO", description = "Only those accepted before this one: what the page before ended with.")
    private Long before;

    @Option(names = "--json", description = "One JSON object a line; acceptedNo is what --before takes.")
    private boolean json;

    @Override
    void checkUsage() {
        if (limit < 1) {
            throw usage("--limit must be at least 1");
        }
    }

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        if (filter.run() != null && ledger.runs().find(filter.run()).isEmpty()) {
            return fail(RunsCommand.unknown(filter.run()));
        }
        // one more than is shown tells whether there are more
        int asked = limit == Integer.MAX_VALUE ? limit : limit + 1;
        List<RequestRecord> found = ledger.archive().list(filter.filter(), before, asked);
        List<RequestRecord> page = found.subList(0, Math.min(limit, found.size()));
        if (json) {
            page.forEach(request -> JsonLines.print(out, RequestJson.of(request)));
        } else {
            print(out, page, found.size() > limit);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void print(PrintWriter out, List<RequestRecord> page, boolean more) {
        if (page.isEmpty()) {
            out.println("No such request.");
            return;
        }
        TextTable table = new TextTable("accepted (UTC)", "state", "attempts", "outcome or error", "exit", "request");
        page.forEach(request -> table.row(TerminalText.minute(request.acceptedAt()), request.state().label(),
                Integer.toString(request.attempts()), whatHappened(request),
                request.fetched() == null || request.fetched().exitCode() == null ? "-" : request.fetched().exitCode().toString(),
                request.key().toString()));
        table.print(out);
        if (more) {
            out.println();
            out.println("There are more: add --before " + page.get(page.size() - 1).acceptedNo());
        }
    }

    /** The error if there is one: it is what somebody has to fix. */
    private static String whatHappened(RequestRecord request) {
        if (request.error() != null) {
            return request.error().code().name();
        }
        return request.fetched() == null ? "-" : request.fetched().outcome().label();
    }
}
