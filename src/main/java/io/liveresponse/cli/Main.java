package io.liveresponse.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.logging.log4j.simple.SimpleLoggerContextFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of the standalone runtime. Exit codes: 0 success, 1 failure, 2 invalid options, settings or routes. */
@Command(
        name = "live-response-routes",
        description = "Delivers the results of Microsoft Defender for Endpoint live response commands.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main {

    private static final Set<String> VERSION = Set.of("-V", "--version");
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    /** In the order of the help. */
    private static final Map<String, Supplier<Object>> COMMANDS = new LinkedHashMap<>();
    static {
        COMMANDS.put("run", RunCommand::new);
        COMMANDS.put("validate", ValidateCommand::new);
        COMMANDS.put("check", CheckCommand::new);
        COMMANDS.put("requests", RequestsCommand::new);
        COMMANDS.put("runs", RunsCommand::new);
        COMMANDS.put("library", LibraryCommand::new);
        COMMANDS.put("rows", RowsCommand::new);
        COMMANDS.put("top", TopCommand::new);
    }

    /** The JDK that began to print a warning at each first use of {@code sun.misc.Unsafe}. */
    private static final int UNSAFE_IS_WARNED_OF = 24;

    private Main() {
    }

    public static void main(String[] arguments) {
        String[] given = withCommand(arguments);
        if (SimulatorLoader.isNeeded(given[0])) {
            Home home = Home.find();
            SimulatorLoader.in(home.directory()).ifPresent(loader -> loader.run(arguments));
            if (!OWN_OPTIONS.contains(given[0])) {
                System.err.println(given[0] + " needs " + home.directory().resolve(SimulatorLoader.DIRECTORY)
                        + ", which this installation does not have; copy it from the archive of this version");
                System.exit(CommandLine.ExitCode.USAGE);
            }
        }
        runHere(given);
    }

    private static void runHere(String[] given) {
        if (given[0].equals("validate")) {
            // it logs nothing, and setting up the log takes a quarter of its time
            setUnlessGiven("log4j2.loggerContextFactory", SimpleLoggerContextFactory.class.getName());
        }
        prepareProcess(Home.find());
        if (!given[0].equals("run")) {
            // the output of a command is for its reader; its log shows only what is wrong
            setUnlessGiven("live-response.log-level", "WARN");
        }
        LogSettings.of(given, Home.find()).forEach(Main::setUnlessGiven);
        System.exit(commandLine(given[0]).execute(given));
    }

    /** Options alone are those of {@code run}, but for the two that every command line has. */
    static String[] withCommand(String[] arguments) {
        boolean named = arguments.length > 0 && (!arguments[0].startsWith("-") || OWN_OPTIONS.contains(arguments[0]));
        return named ? arguments : Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);
    }

    static CommandLine commandLine() {
        return commandLine(COMMANDS.keySet());
    }

    /** With the given command alone if there is one of this name: reading the options of all is a twentieth of a startup. */
    private static CommandLine commandLine(String command) {
        if (VERSION.contains(command)) {
            return commandLine(Set.of());
        }
        return commandLine(COMMANDS.containsKey(command) ? Set.of(command) : COMMANDS.keySet());
    }

    private static CommandLine commandLine(Set<String> commands) {
        CommandLine line = new CommandLine(new Main());
        commands.forEach(name -> line.addSubcommand(COMMANDS.get(name).get()));
        if (SimulatorLoader.isLoaded()) {
            line.addSubcommand(new DemoCommand()).addSubcommand(new SimulatorCommand());
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> {
            command.getErr().println(FailureMessage.explain(thrown));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** What must be set before the first class of the logging system is loaded. */
    private static void prepareProcess(Home home) {
        setUnlessGiven("log4j2.configurationFile",
                home.file("config/log4j2.xml").map(Path::toString).orElse("classpath:io/liveresponse/log4j2.xml"));
        // Java refuses a login at a proxy for https otherwise, see live-response.proxy.user
        setUnlessGiven("jdk.http.auth.tunneling.disabledSchemes", "");
        if (Runtime.version().feature() >= UNSAFE_IS_WARNED_OF) {
            setUnlessGiven("io.netty.noUnsafe", "true");
        }
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** The version of the jar, and of the Camel it runs on. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String own = Optional.ofNullable(Main.class.getPackage().getImplementationVersion()).orElse("development");
            return new String[]{"live-response-routes " + own,
                    "Apache Camel " + org.apache.camel.CamelContext.class.getPackage().getImplementationVersion()};
        }
    }

    /** The directory of the jar, its routes and its config; empty if it runs from classes. */
    record Home(Path directory) {

        static Home find() {
            try {
                Path source = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
                return new Home(source.getParent());
            } catch (java.net.URISyntaxException e) {
                throw new IllegalStateException("the location of the jar is not a path", e);
            }
        }

        Optional<Path> file(String name) {
            Path path = directory.resolve(name);
            return Files.exists(path) ? Optional.of(path) : Optional.empty();
        }
    }
}
