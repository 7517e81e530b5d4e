package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestArchive;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.ResultKey;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Routes results once more, or shows where they would go. */
@Command(name = "replay", description = "Makes requests due again: routed from the kept bytes, without a call to Defender.",
        mixinStandardHelpOptions = true,
        footer = {"", "What is printed for each request:",
                "  REROUTED        due again; routed from what is kept",
                "  FETCH_AGAIN     due again; fetched first, because of --fetch or because it never was",
                "  BYTES_NOT_KEPT  nothing done: the bytes are gone; --fetch fetches them again",
                "  BUSY            nothing done: a node is at work on it; try again later",
                "  UNKNOWN         nothing done: the ledger has no such request"})
final class RequestsReplayCommand implements Callable<Integer> {

    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Parameters(paramLabel = "TENANT/ACTION/INDEX", arity = "0..*", converter = KeyConverter.class, description = "The requests.")
    private List<ResultKey> keys = new ArrayList<>();

    @Mixin
    private FilterOptions filter;

    @Option(names = "--all", description = "All that the filter selects; needed if a filter without --error is given in place of requests.")
    private boolean all;

    @Option(names = "--fetch", description = "Forget what was fetched and ask Defender for it again; counts against the quota.")
    private boolean fetch;

    @Option(names = "--dry-run",
            description = "Deliver nothing: show where route-result of --routes would send them, beside where they went.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON object a line: tenant, machineActionId, commandIndex, answer;"
            + " with --dry-run outcome, exitCode, went, wouldGo, differs, note.")
    private boolean json;

    /** One line of {@code --json}. */
    record Replayed(@JsonUnwrapped KeyJson key, ReplayAnswer answer) {
    }

    @Override
    public Integer call() throws Exception {
        checkUsage();
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            RequestArchive archive = context.ledger(database).archive();
            PrintWriter out = spec.commandLine().getOut();
            boolean well = dryRun ? dryRun(context, archive, out) : replay(archive, out);
            out.flush();
            return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void checkUsage() {
        if (keys.isEmpty() == !filter.isGiven()) {
            throw usage("give either requests (TENANT/ACTION/INDEX) or a filter such as --error LINK_FORBIDDEN --since 24h");
        }
        if (!keys.isEmpty() && all) {
            throw usage("--all goes with a filter, not with requests");
        }
        if (filter.isGiven() && !filter.namesAnError() && !all && !dryRun) {
            throw usage("add --all to replay all that the filter lets through; requests list with the same filter shows them");
        }
        if (dryRun && fetch) {
            throw usage("--dry-run looks at what is kept; it does not go with --fetch");
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private boolean replay(RequestArchive archive, PrintWriter out) {
        int[] counts = new int[2];
        each(archive, key -> {
            ReplayAnswer answer = archive.replay(key, fetch);
            boolean due = answer == ReplayAnswer.REROUTED || answer == ReplayAnswer.FETCH_AGAIN;
            counts[due ? 0 : 1]++;
            if (json) {
                JsonLines.print(out, new Replayed(KeyJson.of(key), answer));
            } else {
                out.printf("%-14s  %s%n", answer, key);
            }
        });
        if (!json) {
            out.println(counts[0] + " due again" + (counts[1] == 0 ? "" : ", " + counts[1] + " left as they were; see --help for why"));
        }
        return counts[1] == 0;
    }

    private boolean dryRun(OfflineContext context, RequestArchive archive, PrintWriter out) throws Exception {
        try (DryRun run = DryRun.start(config.file(), routes.pattern(), context)) {
            DryRunReport report = new DryRunReport(json ? out : null);
            each(archive, key -> report.add(run.judge(key, archive.show(key))));
            return report.print(out);
        }
    }

    /** In pages, so that a long ledger needs no memory; a replay does not change the order that pages follow. */
    private void each(RequestArchive archive, Consumer<ResultKey> action) {
        keys.forEach(action);
        Long before = null;
        boolean more = keys.isEmpty();
        while (more) {
            List<RequestRecord> page = archive.list(filter.filter(), before, PAGE);
            page.forEach(request -> action.accept(request.key()));
            more = page.size() == PAGE;
            before = page.isEmpty() ? null : page.get(page.size() - 1).acceptedNo();
        }
    }
}
