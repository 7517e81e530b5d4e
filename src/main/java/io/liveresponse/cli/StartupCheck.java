package io.liveresponse.cli;

import io.liveresponse.settings.SettingProblem;
import io.liveresponse.settings.SettingsValidator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import picocli.CommandLine;

/**
 * What is known only once Camel is configured and before anything is started: values behind vault placeholders, and whether the ports are
 * free. A server whose port is in use would otherwise only log an error, and the service would go on without it.
 */
final class StartupCheck extends MainListenerSupport {

    /** Ends the startup. The problems are for people and hold no secret. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ArrayList<String> problems;
        private final int exitCode;

        Refused(List<String> problems, int exitCode) {
            super(String.join("; ", problems));
            this.problems = new ArrayList<>(problems);
            this.exitCode = exitCode;
        }

        List<String> problems() {
            return problems;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final Path config;

    StartupCheck(Path config) {
        this.config = config;
    }

    @Override
    public void beforeStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        List<String> problems = new SettingsValidator().resolving(context::resolvePropertyPlaceholders).validate(config).stream()
                .filter(problem -> problem.code().isError()).map(SettingProblem::toString).toList();
        if (!problems.isEmpty()) {
            throw new Refused(problems, CommandLine.ExitCode.USAGE);
        }
        List<String> taken = new ArrayList<>();
        checkPort(context, "camel.server", "live-response.intake.http.port", taken);
        checkPort(context, "camel.management", "camel.management.port", taken);
        if (!taken.isEmpty()) {
            throw new Refused(taken, CommandLine.ExitCode.SOFTWARE);
        }
    }

    private static void checkPort(CamelContext context, String server, String setting, List<String> taken) {
        if (!Boolean.parseBoolean(value(context, server + ".enabled", "false"))) {
            return;
        }
        String host = value(context, server + ".host", "127.0.0.1");
        int port = Integer.parseInt(value(context, server + ".port", "0"));
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            taken.add(
                    "cannot listen on " + host + ":" + port + " (" + e.getMessage() + ") — stop what uses the port, or change " + setting);
        }
    }

    private static String value(CamelContext context, String key, String unset) {
        return context.resolvePropertyPlaceholders("{{" + key + ":" + unset + "}}");
    }
}
