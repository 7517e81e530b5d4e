package io.liveresponse.cli;

import io.liveresponse.fetch.token.ApiUse;
import io.liveresponse.settings.InvalidSettingException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks what the service needs before it is started. */
@Command(name = "check", description = "Checks sign-in, API, mail server, ticket system and directories; sends and creates nothing.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exits with 0 if all checks pass, 1 if a check fails, 2 if the settings are invalid."})
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(names = "--json", description = "One JSON object a line: check, tenant, state (ok, wrong, off), text, change.")
    private boolean json;

    @Option(names = "--for", paramLabel = "USE", split = ",", defaultValue = "results",
            description = "What the app registration is used for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Set<Use> uses;

    /** What an operator uses the bundle for, with the uses of the API that it needs. */
    enum Use {
        RESULTS(ApiUse.RESULTS, ApiUse.ACTIONS), RUNS(ApiUse.RUNS, ApiUse.RESULTS, ApiUse.ACTIONS), LIBRARY(ApiUse.LIBRARY);

        private final Set<ApiUse> needs;

        Use(ApiUse... needs) {
            this.needs = Set.of(needs);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        if (!config.isSound()) {
            return CommandLine.ExitCode.USAGE;
        }
        PrintWriter out = spec.commandLine().getOut();
        try (OfflineContext context = OfflineContext.of(config.file())) {
            List<Finding> findings = new SystemCheck(context.camel(),
                    uses.stream().flatMap(use -> use.needs.stream()).collect(Collectors.toCollection(TreeSet::new))).run();
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
        TextTable table = new TextTable("state", "tenant", "check", "finding");
        findings.forEach(finding -> table.row(finding.state() == Finding.State.WRONG ? "WRONG" : finding.state().label(),
                finding.tenant() == null ? "" : finding.tenant(), finding.check(), TerminalText.line(told(finding))));
        table.print(out);
        out.println();
        out.println(wrong == 0 ? "All checks pass." : wrong + " of " + findings.size() + " checks fail.");
    }

    private static String told(Finding finding) {
        boolean named = finding.change() == null || finding.text().contains(finding.change());
        return named ? finding.text() : finding.text() + "; see " + finding.change();
    }
}
