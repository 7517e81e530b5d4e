package io.liveresponse.cli;

import io.liveresponse.validate.LiveReload;
import io.liveresponse.worker.FatalErrors;
import io.liveresponse.worker.LedgerRuntime;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Runs until it is told to stop. */
@Command(name = "run", description = "Runs the routes until stopped (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Option(names = "--dev",
            description = "Take up edits of the routes while they run; a broken edit is told and changes nothing. Not for production.")
    private boolean dev;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String pattern = routes.pattern();
        if (!config.isSound() || !routes.areWhole()) {
            return CommandLine.ExitCode.USAGE;
        }
        FatalErrors.endTheProcess();
        Main main = Service.create("file:" + config.file().toAbsolutePath(), pattern, Map.of());
        main.addMainListener(new StartupSummary());
        if (dev) {
            main.addMainListener(reload());
        }
        return new SignalExitCode(() -> {
            main.run();
            return main.getExitCode();
        }, () -> giveBack(main)).run();
    }

    private MainListener reload() throws IOException {
        LiveReload reload = LiveReload.of(routes.directory().orElseThrow(() -> new ParameterException(
                spec.commandLine(), "--dev needs a directory of routes; name one with --routes")), config.file());
        return new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                try {
                    reload.watch(main.getCamelContext());
                } catch (Exception e) {
                    throw RuntimeCamelException.wrapRuntimeCamelException(e);
                }
            }
        };
    }

    /** What is being worked on, so that the next run, or another node, need not wait for the leases to end. */
    private static void giveBack(Main main) {
        LedgerRuntime ledger = main.getCamelContext().hasService(LedgerRuntime.class);
        if (ledger != null) {
            ledger.work().stop();
        }
    }
}
