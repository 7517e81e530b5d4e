package io.liveresponse.cli;

import io.liveresponse.ledger.Delivery;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.RequestArchive;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.ledger.TenantStatus;
import io.liveresponse.ledger.Timeline;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows requests with their timelines. */
@Command(name = "show", description = "Shows a request with its timeline. Times are UTC.", mixinStandardHelpOptions = true)
final class RequestsShowCommand extends LedgerCommand {

    private static final Pattern ACTION = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** More than the API takes in one live response. */
    private static final int MOST_COMMANDS = 20;

    @Parameters(paramLabel = "REQUEST", description = "TENANT/ACTION/INDEX; or ACTION alone for every request of that machine action.")
    private String request;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        List<Timeline> found = find(context, ledger.archive());
        if (found.isEmpty()) {
            return fail("The ledger has no request " + TerminalText.line(request) + "; see requests list");
        }
        Instant now = Clock.systemUTC().instant();
        List<TenantStatus> tenants = json ? List.of() : ledger.status().tenants(context.settings().quotaKeys(), now);
        for (Timeline timeline : found) {
            if (json) {
                JsonLines.print(out, RequestJson.of(timeline));
            } else {
                print(out, timeline, WaitingReason.of(timeline, tenants, now));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /** The ledger looks requests up by their whole key, so an action alone is tried for each tenant and command. */
    private List<Timeline> find(OfflineContext context, RequestArchive archive) {
        if (!ACTION.matcher(request.strip()).matches()) {
            return archive.show(key()).stream().toList();
        }
        return context.settings().tenants().stream().flatMap(tenant -> IntStream.rangeClosed(ResultKey.WHOLE_ACTION, MOST_COMMANDS)
                .mapToObj(index -> new ResultKey(tenant, request.strip(), index))).flatMap(key -> archive.show(key).stream()).toList();
    }

    private ResultKey key() {
        try {
            return new KeyConverter().convert(request);
        } catch (CommandLine.TypeConversionException e) {
            throw usage(e.getMessage());
        }
    }

    private static void print(PrintWriter out, Timeline timeline, String waitsFor) {
        RequestRecord request = timeline.request();
        out.println(request.key());
        line(out, "state", state(request));
        line(out, "waits for", waitsFor);
        line(out, "attempts", request.attempts() + " failed at this stage");
        if (request.error() != null) {
            line(out, "error", request.error().code() + " at " + request.error().stage() + ": " + request.error().text());
            line(out, "API target", request.error().target());
        }
        printFacts(out, request.action(), request.fetched());
        if (!timeline.deliveries().isEmpty()) {
            out.println();
            TextTable table = new TextTable("delivered", "sink", "reference");
            timeline.deliveries().forEach(delivery -> table.row(deliveredAt(delivery), TerminalText.text(delivery.sink()),
                    TerminalText.text(delivery.reference())));
            table.print(out);
        }
        out.println();
        TextTable events = new TextTable("when", "what", "");
        timeline.events().forEach(event -> events.row(TerminalText.second(event.at()), event.kind().label(),
                event.detail() == null ? "" : TerminalText.line(event.detail())));
        events.print(out);
    }

    private static void printFacts(PrintWriter out, ActionFacts action, FetchedFacts fetched) {
        if (fetched != null) {
            line(out, "outcome", fetched.outcome() + (fetched.exitCode() == null ? "" : ", exit code " + fetched.exitCode()));
        }
        line(out, "command", action.commandType());
        line(out, "script", action.scriptName());
        line(out, "path", action.path());
        line(out, "device", action.deviceName() == null ? action.deviceId() : action.deviceName());
        line(out, "asked by", action.requestor());
        line(out, "comment", action.comment());
        if (fetched != null && fetched.sha256() != null) {
            line(out, "bytes", fetched.sizeBytes() + ", sha256 " + fetched.sha256());
            line(out, "kept at", fetched.spoolPath() == null ? "no longer kept" : fetched.spoolPath());
        }
    }

    private static String state(RequestRecord request) {
        return switch (request.state()) {
            case DUE -> "due at " + TerminalText.second(request.nextAttemptAt());
            case CLAIMED -> "claimed by " + request.leaseOwner() + " until " + TerminalText.second(request.leaseEnd());
            case DELIVERED, DEAD -> request.state().label() + " since " + TerminalText.second(request.endedAt());
        };
    }

    private static String deliveredAt(Delivery delivery) {
        return delivery.deliveredAt() == null ? "to be asked again" : TerminalText.second(delivery.deliveredAt());
    }

    private static void line(PrintWriter out, String name, String value) {
        if (value != null) {
            out.printf("  %-10s  %s%n", name, TerminalText.line(value));
        }
    }
}
