package io.liveresponse.command;

import io.liveresponse.settings.SettingProblem;
import io.liveresponse.settings.SettingsValidator;
import io.liveresponse.work.LedgerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs until it is told to stop. */
@Command(name = "run", description = "Runs the routes until stopped (the default).", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Override
    public Integer call() throws Exception {
        Path file = config.file();
        String pattern = routes.pattern();
        if (!isSound(file)) {
            return CommandLine.ExitCode.USAGE;
        }
        Main main = Service.create("file:" + file.toAbsolutePath(), pattern, Map.of());
        return new EndedBySignal(() -> {
            main.run();
            return main.getExitCode();
        }, () -> giveBack(main)).run();
    }

    /** What is being worked on, so that the next run, or another node, need not wait for the leases to end. */
    private static void giveBack(Main main) {
        LedgerRuntime ledger = main.getCamelContext().getRegistry().lookupByNameAndType("liveResponseLedger", LedgerRuntime.class);
        ledger.work().stop();
    }

    /** All problems at once, so that nobody mends one only to meet the next. */
    private boolean isSound(Path file) {
        List<SettingProblem> problems = new SettingsValidator().validate(file);
        problems.forEach(spec.commandLine().getErr()::println);
        return problems.stream().noneMatch(problem -> problem.code().isError());
    }
}
