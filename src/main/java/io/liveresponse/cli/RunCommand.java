package io.liveresponse.cli;

import io.liveresponse.validate.Finding;
import io.liveresponse.validate.LiveReload;
import io.liveresponse.worker.FatalErrors;
import io.liveresponse.worker.LedgerRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListener;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.util.ObjectHelper;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs until it is told to stop. */
@Command(name = "run", description = "Runs the routes until stopped (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Option(names = "--dev",
            description = "Reload routes when their files change; a broken edit is logged and changes nothing. Not for production.")
    private boolean dev;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        String pattern = routes.pattern();
        if (!isSound()) {
            return CommandLine.ExitCode.USAGE;
        }
        FatalErrors.endTheProcess();
        Main main = Service.create("file:" + config.file().toAbsolutePath(), pattern, Map.of());
        main.addMainListener(new StartupCheck(config.file()));
        main.addMainListener(new LedgerWait());
        main.addMainListener(new StartupSummary());
        main.addMainListener(new PageListener(config.file(), pattern));
        if (dev) {
            main.addMainListener(reload());
        }
        return new SignalExitCode(() -> run(main), () -> releaseLeases(main)).run();
    }

    private int run(Main main) throws Exception {
        try {
            main.run();
            return main.getExitCode();
        } catch (Exception e) {
            StartupCheck.Refused refused = ObjectHelper.getException(StartupCheck.Refused.class, e);
            if (refused == null) {
                throw e;
            }
            refused.problems().forEach(spec.commandLine().getErr()::println);
            return refused.exitCode();
        }
    }

    /** Prints all problems of settings and routes before anything is started. */
    private boolean isSound() throws IOException {
        boolean settings = config.canRun();
        List<Finding> mistakes = RowRuleFolder.mistakes(routes.mistakes(config.file()), Optional.of(config.file()));
        mistakes.forEach(spec.commandLine().getErr()::println);
        return settings && mistakes.isEmpty();
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

    /** Releases the leases, so that the next run, or another node, need not wait for them to end. */
    private static void releaseLeases(Main main) {
        LedgerRuntime ledger = main.getCamelContext().hasService(LedgerRuntime.class);
        if (ledger != null) {
            ledger.work().stop();
        }
    }
}
