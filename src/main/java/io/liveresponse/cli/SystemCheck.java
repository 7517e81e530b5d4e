package io.liveresponse.cli;

import io.liveresponse.deliver.mail.MailSender;
import io.liveresponse.deliver.mail.MailSettings;
import io.liveresponse.deliver.ticket.TicketLogin;
import io.liveresponse.fetch.token.ApiUse;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.LedgerUnavailableException;
import io.liveresponse.ledger.Quota;
import io.liveresponse.settings.Settings;
import io.liveresponse.settings.TlsSettings;
import io.liveresponse.worker.LedgerRuntime;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** All checks, one after the other, with the beans that the routes use. Sends and creates nothing. */
public final class SystemCheck {

    private static final String TICKET_KIND = "live-response.deliver.ticket.kind";

    private final CamelContext context;
    private final Registry beans;
    private final Settings settings;
    private final CheckHttp http;
    private final Set<ApiUse> uses;

    /** @throws io.liveresponse.settings.InvalidSettingException if a setting is malformed */
    public SystemCheck(CamelContext context) {
        this(context, Set.of(ApiUse.RESULTS, ApiUse.ACTIONS));
    }

    /**
     * @param uses what the tenants' tokens must permit
     * @throws io.liveresponse.settings.InvalidSettingException if a setting is malformed
     */
    public SystemCheck(CamelContext context, Set<ApiUse> uses) {
        this.uses = new TreeSet<>(uses);
        this.context = context;
        this.beans = context.getRegistry();
        this.settings = bean("liveResponseSettings", Settings.class);
        this.http = new CheckHttp(settings, TlsSettings.context(context, settings));
    }

    /** Blocks for as long as the time-outs of the settings allow. */
    public List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        TenantSystemCheck tenants = new TenantSystemCheck(http, bean("liveResponseTokens", TenantTokens.class),
                settings.duration("live-response.link.expiry-margin"), bean("liveResponseClock", Clock.class));
        settings.tenants().forEach(name -> findings.addAll(tenants.check(settings.tenant(name), uses)));
        checkLedger(findings);
        findings.add(MailCheck.check(MailSettings.of(settings), bean("liveResponseMailSender", MailSender.class)));
        findings.add(checkTicketSystem());
        List.of("live-response.data-directory", "live-response.deliver.file.directory")
                .forEach(key -> findings.add(DirectoryCheck.check(settings.path(key), key)));
        if (context.resolvePropertyPlaceholders("{{live-response.intake.inbox.enabled}}").equals("true")) {
            String inbox = "live-response.intake.inbox.directory";
            findings.add(DirectoryCheck.check(settings.path(inbox), inbox));
        }
        return findings;
    }

    private void checkLedger(List<Finding> findings) {
        boolean inDirectory = settings.find("live-response.ledger.url").isEmpty();
        if (inDirectory && Files.notExists(settings.path("live-response.data-directory").resolve("ledger/ledger.db"))) {
            findings.add(Finding.off("ledger", "none yet in live-response.data-directory; the service creates it when it first starts"));
            return;
        }
        String setting = inDirectory ? "live-response.data-directory" : "live-response.ledger.url";
        try (LedgerDatabase database = LedgerDatabase.attach(LedgerRuntime.address(settings))) {
            Quota quota = Quota.of(settings);
            Ledger ledger = new Ledger(database, database.clock(), quota);
            settings.tenants().forEach(tenant -> findings.add(QuotaCheck.check(tenant,
                    settings.tenant(tenant).tenantId().orElse(tenant), ledger.quota(), quota)));
            findings.add(Finding.ok("ledger", null, LedgerRuntime.address(settings) + " answers"));
        } catch (LedgerUnavailableException | IllegalArgumentException e) {
            findings.add(Finding.wrong("ledger", null, e.getMessage() + "; check " + setting, setting));
        }
    }

    private Finding checkTicketSystem() {
        String kind = settings.text(TICKET_KIND);
        if (kind.equals("none")) {
            return Finding.off("ticket", "no tickets are opened; " + TICKET_KIND + " is none");
        }
        TicketSystemCheck reachable = new ReachableTicketSystem(http);
        TicketLogin login = bean("liveResponseTicketLogin", TicketLogin.class);
        Map<String, TicketSystemCheck> checks = Map.of("webhook", reachable,
                "servicenow", new ReadableTicketSystem(http, login, "/api/now/table/%s?sysparm_limit=1&sysparm_fields=sys_id", "table"),
                "jira", new ReadableTicketSystem(http, login,
                        "/rest/api/" + settings.text("live-response.deliver.ticket.api-version") + "/project/%s", "project"));
        return checks.getOrDefault(kind, reachable).check(settings);
    }

    private <T> T bean(String name, Class<T> type) {
        return beans.lookupByNameAndType(name, type);
    }
}
