package io.liveresponse.cli;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.settings.Settings;
import io.liveresponse.worker.LedgerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The settings and beans of the service without its routes: nothing is started and no port is opened. */
final class OfflineContext implements AutoCloseable {

    /** A service with the same settings may be running on the ports. */
    private static final Map<String, String> QUIET = Map.of("camel.server.enabled", "false", "camel.management.enabled", "false");

    private final Main main;

    private OfflineContext(Main main) {
        this.main = main;
    }

    /** @param config a settings file without problems */
    static OfflineContext of(Path config) {
        return with(config, "false");
    }

    /** @param routes the include pattern of routes to load, not to start; see {@link RoutesOption} */
    static OfflineContext with(Path config, String routes) {
        Main main = Service.create("file:" + config.toAbsolutePath(), routes, QUIET);
        main.init();
        return new OfflineContext(main);
    }

    CamelContext camel() {
        return main.getCamelContext();
    }

    Settings settings() {
        return bean("liveResponseSettings", Settings.class);
    }

    <T> T bean(String name, Class<T> type) {
        return camel().getRegistry().lookupByNameAndType(name, type);
    }

    /**
     * The ledger of the service, whether that runs or not. The caller closes the database.
     *
     * @throws IllegalStateException if there is none yet
     */
    LedgerDatabase attach() {
        Path directory = settings().path("live-response.data-directory");
        if (settings().find("live-response.ledger.url").isEmpty() && Files.notExists(directory.resolve("ledger/ledger.db"))) {
            throw new IllegalStateException("there is no ledger in " + directory + " yet: the service creates it when it first starts;"
                    + " if it already ran, check live-response.data-directory");
        }
        return LedgerDatabase.attach(LedgerRuntime.address(settings()));
    }

    Ledger ledger(LedgerDatabase database) {
        return new Ledger(database, database.clock(), Quota.of(settings()));
    }

    @Override
    public void close() {
        main.shutdown();
    }
}
