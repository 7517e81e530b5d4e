package io.liveresponse.page;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.QuotaUse;
import io.liveresponse.ledger.TenantPause;
import io.liveresponse.ledger.TenantStatus;
import io.liveresponse.page.View.Attention;
import io.liveresponse.page.View.Node;
import io.liveresponse.page.View.OutcomeCount;
import io.liveresponse.page.View.Overview;
import io.liveresponse.page.View.Sink;
import io.liveresponse.page.View.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** The overview, from the ledger and the readiness checks. Visitors and their live updates share what was read. Thread-safe. */
final class OverviewReader {

    /** The counts read an entry for each request. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final String OURS = "live-response-";

    private final CamelContext context;
    private final Ledger ledger;
    private final Map<String, String> quotaKeys;
    private final Clock clock;
    private Overview latest;

    /** @param quotaKeys the tenant id of each configured tenant, by its name */
    OverviewReader(CamelContext context, Ledger ledger, Map<String, String> quotaKeys, Clock clock) {
        this.context = context;
        this.ledger = ledger;
        this.quotaKeys = quotaKeys;
        this.clock = clock;
    }

    /** At most two seconds old. */
    synchronized Overview overview() {
        Instant now = clock.instant();
        if (latest == null || !now.isBefore(latest.at().plus(FRESH))) {
            latest = read(now);
        }
        return latest;
    }

    private Overview read(Instant now) {
        List<Tenant> tenants = ledger.status().tenants(quotaKeys, now).stream().map(OverviewReader::tenant).toList();
        List<HealthCheck.Result> health = HealthCheckHelper.invokeReadiness(context).stream().toList();
        Optional<String> sinkFault = health.stream().filter(result -> result.getCheck().getId().equals(OURS + "sinks"))
                .map(HealthCheck.Result::getMessage)
                .filter(Optional::isPresent).map(Optional::get).findFirst();
        return new Overview(now, tenants.stream().map(Tenant::estimatedEnd).filter(Objects::nonNull).max(Instant::compareTo).orElse(null),
                attention(tenants, health), tenants,
                ledger.status().sinks().stream().map(sink -> new Sink(sink.sink(), sink.at(), faultOf(sink.sink(), sinkFault))).toList(),
                ledger.status().nodes().stream().map(node -> new Node(node.owner(), node.leases(), node.until())).toList(),
                ledger.status().outcomes(now.minus(Duration.ofHours(24))).stream()
                        .map(count -> new OutcomeCount(count.outcome().label(), count.results())).toList());
    }

    private static String faultOf(String sink, Optional<String> faults) {
        return faults.flatMap(all -> List.of(all.split("; ")).stream().filter(fault -> fault.startsWith(sink + ": ")).findFirst())
                .map(fault -> fault.substring(sink.length() + 2)).orElse(null);
    }

    private static Tenant tenant(TenantStatus status) {
        QuotaUse use = status.use();
        TenantPause pause = status.pause();
        return new Tenant(status.tenant(), use.inMinute(), use.quota().perMinute(), use.inHour(), use.quota().perHour(), status.backlog(),
                status.due(), status.claimed(), status.delivered(), status.dead(), use.roomAt(), status.estimatedEnd(),
                pause == null ? null : pause.until(), pause == null ? null : pause.reason());
    }

    private static List<Attention> attention(List<Tenant> tenants, List<HealthCheck.Result> health) {
        List<Attention> attention = new ArrayList<>();
        tenants.stream().filter(tenant -> tenant.dead() > 0)
                .forEach(tenant -> attention.add(new Attention("dead", tenant.dead() + " requests of "
                        + tenant.name() + " are dead-lettered: fix the cause, then replay them.", "state=dead&tenant=" + tenant.name())));
        tenants.stream().filter(tenant -> tenant.pausedUntil() != null).forEach(tenant -> attention.add(new Attention("paused",
                tenant.name() + " is paused: " + tenant.pauseReason(), null)));
        health.stream().filter(result -> result.getCheck().getId().startsWith(OURS) && result.getMessage().isPresent())
                .forEach(result -> attention.add(new Attention(result.getState() == HealthCheck.State.DOWN ? "refused" : "degraded",
                        result.getCheck().getId().substring(OURS.length()) + ": " + result.getMessage().get(), null)));
        return attention;
    }
}
