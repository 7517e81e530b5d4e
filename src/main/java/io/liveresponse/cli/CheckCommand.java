package io.liveresponse.cli;

import io.liveresponse.settings.InvalidSettingException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** Tries what the service will need, before it needs it. */
@Command(name = "check", description = "Tries sign-in, API, mail server, desk and directories; sends and creates nothing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Ends with 0 where all is well, 1 where something is wrong, 2 where the settings are malformed."})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--json", description = "One JSON object a line: check, tenant, state (ok, wrong, off), text, change.")
    private boolean json;

    @Override
    public Integer call() {
        if (!config.isSound()) {
            return CommandLine.ExitCode.USAGE;
        }
        PrintWriter out = spec.commandLine().getOut();
        try (OfflineContext context = OfflineContext.of(config.file())) {
            List<Finding> findings = new SystemCheck(context.camel()).run();
            long wrong = findings.stream().filter(finding -> finding.state() == Finding.State.WRONG).count();
            if (json) {
                findings.forEach(finding -> JsonLines.print(out, finding));
            } else {
                print(out, findings, wrong);
            }
            out.flush();
            return wrong == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (InvalidSettingException e) {
            spec.commandLine().getErr().println(FailureMessage.explain(e));
            return CommandLine.ExitCode.USAGE;
        }
    }

    private static void print(PrintWriter out, List<Finding> findings, long wrong) {
        TextTable table = new TextTable("state", "tenant", "check", "what was seen");
        findings.forEach(finding -> table.row(finding.state() == Finding.State.WRONG ? "WRONG" : finding.state().label(),
                finding.tenant() == null ? "" : finding.tenant(), finding.check(), TerminalText.line(told(finding))));
        table.print(out);
        out.println();
        out.println(wrong == 0 ? "All is well." : wrong + " of " + findings.size() + " wrong.");
    }

    private static String told(Finding finding) {
        boolean named = finding.change() == null || finding.text().contains(finding.change());
        return named ? finding.text() : finding.text() + "; see " + finding.change();
    }
}
