package io.liveresponse.command;

import io.liveresponse.work.LedgerRuntime;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs until it is told to stop. */
@Command(name = "run", description = "Runs the routes until stopped (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Override
    public Integer call() throws Exception {
        String pattern = routes.pattern();
        if (!config.isSound()) {
            return CommandLine.ExitCode.USAGE;
        }
        Main main = Service.create("file:" + config.file().toAbsolutePath(), pattern, Map.of());
        return new EndedBySignal(() -> {
            main.run();
            return main.getExitCode();
        }, () -> giveBack(main)).run();
    }

    /** What is being worked on, so that the next run, or another node, need not wait for the leases to end. */
    private static void giveBack(Main main) {
        LedgerRuntime ledger = main.getCamelContext().hasService(LedgerRuntime.class);
        if (ledger != null) {
            ledger.work().stop();
        }
    }
}
