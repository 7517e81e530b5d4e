package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.LedgerUnavailableException;
import io.liveresponse.settings.Settings;
import io.liveresponse.worker.LedgerRuntime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.MainShutdownStrategy;
import org.apache.camel.main.MainSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Waits at startup until the database server of the ledger answers, since server and service often start together. A server that refuses
 * the login ends the startup. A signal ends the wait.
 */
final class LedgerWait extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("io.liveresponse");
    private static final int PERIOD_SECONDS = 2;

    @Override
    public void beforeStart(BaseMainSupport main) {
        Settings settings = Settings.of(main.getCamelContext());
        if (!settings.flag("live-response.worker.enabled")) {
            return;
        }
        LedgerAddress address = LedgerRuntime.address(settings);
        MainShutdownStrategy shutdown = ((MainSupport) main).getShutdownStrategy();
        boolean told = false;
        while (!answers(address, told)) {
            told = true;
            await(shutdown);
            if (!shutdown.isRunAllowed()) {
                throw new StartupCheck.Refused(List.of(), CommandLine.ExitCode.OK);
            }
        }
        if (told) {
            LOG.info("The ledger's database answers; the startup goes on");
        }
    }

    private static boolean answers(LedgerAddress address, boolean told) {
        try {
            LedgerDatabase.probe(address);
            return true;
        } catch (LedgerUnavailableException e) {
            if (!e.isAway()) {
                throw e;
            }
            if (!told) {
                LOG.warn("{}; the startup waits for it", e.getMessage());
            }
            return false;
        }
    }

    private static void await(MainShutdownStrategy shutdown) {
        try {
            shutdown.await(PERIOD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the ledger's database", e);
        }
    }
}
