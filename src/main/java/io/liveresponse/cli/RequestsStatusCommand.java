package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.ledger.CallKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.settings.Settings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where all requests stand, and when the backlog will be done. */
@Command(name = "status", description = "Counts requests by tenant and state, and says when the backlog is done. Times are UTC.",
        mixinStandardHelpOptions = true)
final class RequestsStatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--json", description = "One JSON object a tenant.")
    private boolean json;

    /** One tenant, as {@code --json} prints it; {@code backlog} is what still needs a link call. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TenantStatus(String tenant, long due, long claimed, long delivered, long dead, long backlog, int minuteUsed, int perMinute,
            int hourUsed,
            int perHour, Instant nextCall, Instant estimatedEnd, Instant pausedUntil, String pauseReason) {
    }

    @Override
    public Integer call() {
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            Ledger ledger = context.ledger(database);
            Settings settings = context.settings();
            List<RequestCount> counts = ledger.archive().counts();
            Map<String, TenantPause> pauses = ledger.quota().pauses().stream()
                    .collect(Collectors.toMap(TenantPause::tenant, Function.identity()));
            Instant now = Clock.systemUTC().instant();
            List<TenantStatus> tenants = settings.tenants().stream().sorted().map(name -> status(name, counts, pauses.get(name), now,
                    ledger.quota().use(CallKind.LINK, settings.tenant(name).tenantId().orElse(name)))).toList();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                tenants.forEach(tenant -> JsonLines.print(out, tenant));
            } else {
                print(out, tenants);
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private static TenantStatus status(String name, List<RequestCount> counts, TenantPause pause, Instant now, QuotaUse use) {
        long backlog = counts.stream()
                .filter(count -> count.tenant().equals(name) && count.state() == RequestState.DUE && count.outcome() == null)
                .mapToLong(RequestCount::requests).sum();
        boolean paused = pause != null && pause.until().isAfter(now);
        return new TenantStatus(name, sum(counts, name, RequestState.DUE), sum(counts, name, RequestState.CLAIMED),
                sum(counts, name, RequestState.DELIVERED),
                sum(counts, name, RequestState.DEAD), backlog, use.inMinute(), use.quota().perMinute(), use.inHour(), use.quota().perHour(),
                use.roomAt(),
                paused ? null : use.done(backlog, now), paused ? pause.until() : null, paused ? pause.reason() : null);
    }

    private static long sum(List<RequestCount> counts, String tenant, RequestState state) {
        return counts.stream().filter(count -> count.tenant().equals(tenant) && count.state() == state).mapToLong(RequestCount::requests)
                .sum();
    }

    private static void print(PrintWriter out, List<TenantStatus> tenants) {
        for (TenantStatus tenant : tenants) {
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
                    : tenant.backlog() + " results"
                            + (tenant.estimatedEnd() == null ? "" : ", done at about " + TerminalText.second(tenant.estimatedEnd())));
        }
    }
}
