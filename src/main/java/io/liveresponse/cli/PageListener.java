package io.liveresponse.cli;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.model.ResultKey;
import io.liveresponse.page.LedgerPageData;
import io.liveresponse.page.StatusPage;
import io.liveresponse.settings.Settings;
import io.liveresponse.worker.LedgerRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the status page on the management port, if there is one and the worker runs. */
final class PageListener extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("io.liveresponse");

    private final Path config;
    private final String routes;
    private String address;

    /**
     * @param config the settings file, for dry runs; null if there is none, and then there are no dry runs
     * @param routes the include pattern of the routes, for dry runs
     */
    PageListener(Path config, String routes) {
        this.config = config;
        this.routes = routes;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        Settings settings = context.getRegistry().lookupByNameAndType("liveResponseSettings", Settings.class);
        LedgerRuntime runtime = context.hasService(LedgerRuntime.class);
        ManagementHttpServer management = context.hasService(ManagementHttpServer.class);
        if (management == null || runtime == null || !settings.flag("live-response.page.enabled")) {
            return;
        }
        Ledger ledger = runtime.ledger();
        LedgerPageData data = new LedgerPageData(context, ledger, runtime.quotaKeys(),
                () -> context.getRegistry().lookupByNameAndType("liveResponseResults", ResultReader.class),
                settings.path("live-response.deliver.file.directory"), key -> dryRun(ledger, key), Clock.systemUTC());
        new StatusPage(data, settings.find("live-response.page.key"), Clock.systemUTC()).install(management.getRouter());
        address = "http://" + context.resolvePropertyPlaceholders("{{camel.management.host}}") + ":"
                + management.getRouter().getServer().getServer().actualPort() + "/";
        LOG.info("Status page: {}", address);
    }

    /** Where the page is; empty if it is not served. */
    Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /** In a context of its own, as {@code requests replay --dry-run} does it. */
    private Optional<List<String>> dryRun(Ledger ledger, ResultKey key) {
        if (config == null) {
            return Optional.empty();
        }
        try (OfflineContext service = OfflineContext.of(config); DryRun run = DryRun.start(config, routes, service)) {
            return Optional.ofNullable(run.judge(key, ledger.archive().show(key)).wouldGo());
        } catch (Exception e) {
            LOG.warn("The dry run of {} failed: {}", key, FailureMessage.explain(e));
            return Optional.empty();
        }
    }
}
