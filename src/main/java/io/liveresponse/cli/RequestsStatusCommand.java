package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.ledger.TenantStatus;
import io.liveresponse.model.Plural;
import io.liveresponse.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where all requests stand, and when the backlog will be done. */
@Command(name = "status", description = "Counts requests by tenant and state, and says when the backlog is done. Times are UTC.",
        mixinStandardHelpOptions = true)
final class RequestsStatusCommand extends LedgerCommand {

    @Option(names = "--json", description = "One JSON object a tenant.")
    private boolean json;

    /** One tenant, as {@code --json} prints it; {@code backlog} is what still needs a link call. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(String tenant, long due, long claimed, long delivered, long dead, long backlog, int minuteUsed, int perMinute,
            int hourUsed, int perHour, Instant nextCall, Instant estimatedEnd, Instant pausedUntil, String pauseReason) {
    }

    @Override
    int run(OfflineContext context, Ledger ledger, PrintWriter out) {
        Settings settings = context.settings();
        List<Line> tenants = ledger.status().tenants(settings.quotaKeys(), Clock.systemUTC().instant()).stream()
                .map(RequestsStatusCommand::line).toList();
        if (json) {
            tenants.forEach(tenant -> JsonLines.print(out, tenant));
        } else {
            print(out, tenants);
        }
        return CommandLine.ExitCode.OK;
    }

    private static Line line(TenantStatus status) {
        QuotaUse use = status.use();
        TenantPause pause = status.pause();
        return new Line(status.tenant(), status.due(), status.claimed(), status.delivered(), status.dead(), status.backlog(),
                use.inMinute(), use.quota().perMinute(), use.inHour(), use.quota().perHour(), use.roomAt(), status.estimatedEnd(),
                pause == null ? null : pause.until(), pause == null ? null : pause.reason());
    }

    private static void print(PrintWriter out, List<Line> tenants) {
        for (Line tenant : tenants) {
            out.printf("%s: %d due, %d claimed, %d delivered, %d dead%n", tenant.tenant(), tenant.due(), tenant.claimed(),
                    tenant.delivered(), tenant.dead());
            out.printf("  link calls: %d of %d in the last minute, %d of %d in the last hour%s%n", tenant.minuteUsed(), tenant.perMinute(),
                    tenant.hourUsed(), tenant.perHour(),
                    tenant.nextCall() == null ? "" : "; next at " + TerminalText.second(tenant.nextCall()));
            if (tenant.pausedUntil() != null) {
                out.printf("  paused until %s: %s%n", TerminalText.second(tenant.pausedUntil()), TerminalText.line(tenant.pauseReason()));
            }
            out.printf("  backlog: %s%n", tenant.backlog() == 0
                    ? "none"
                    : Plural.of(tenant.backlog(), "result")
                            + (tenant.estimatedEnd() == null ? "" : ", done at about " + TerminalText.second(tenant.estimatedEnd())));
        }
    }
}
