package io.liveresponse.cli;

import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the cloud, the mail server and the ticket system until it is told to stop. */
@Command(name = "simulator",
        description = "Plays sign-in host, API, blob store, mail server and ticket system, to try edited routes offline.",
        mixinStandardHelpOptions = true)
final class SimulatorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--scenario", paramLabel = "FILE", description = "The actions to play; default the demo's.")
    private Path scenario;

    @Option(names = "--directory", paramLabel = "DIR", defaultValue = "simulator",
            description = "Where the trust store and, last, application.properties are written (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--bind", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind;

    @Option(names = "--host", paramLabel = "NAME", defaultValue = "localhost",
            description = "The name under which the service reaches it (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--ticket-system", paramLabel = "KIND", defaultValue = "webhook",
            description = "The ticket system: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private TicketSystem.Kind ticketSystem;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Scenario played = scenario == null ? Scenario.demo() : Scenario.read(scenario);
        SimulatorOptions options = SimulatorOptions.in(directory.toAbsolutePath(), played).withAddress(bind, host).withMail();
        try (Simulator simulator = Simulator.start(options)) {
            Path settings = write(simulator);
            spec.commandLine().getOut().println("The simulator listens. Run the service with --config " + settings);
            spec.commandLine().getOut().println("What was called is counted at " + simulator.journalUrl() + "/journal");
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "simulator-stop"));
            stopped.await();
        }
        return 0;
    }

    private Path write(Simulator simulator) throws IOException {
        Properties properties = new Properties();
        properties.putAll(new TreeMap<>(simulator.settings(ticketSystem)));
        Path file = directory.resolve("application.properties");
        Path part = directory.resolve("application.properties.part");
        try (Writer writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            properties.store(writer, "These settings point the service at the simulator.");
        }
        return Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
