package io.liveresponse.promise;

import io.liveresponse.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A command line in a JVM of its own: of the runtime that {@code -Dlive-response.home} names, as the build does it with the one that it
 * has packaged, else of the test's class path. The former starts from the class data archive.
 */
final class ServiceCommand {

    private static final String HOME = System.getProperty("live-response.home");
    /** The processes of tests end too soon to gain from the optimizing compiler. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private ServiceCommand() {
    }

    /**
     * @param log         gets what it prints and logs
     * @param environment added to this process's own, of which nothing names a setting
     * @param jvm         further options for the virtual machine, without a space in them
     */
    static Process start(Path log, Map<String, String> environment, Collection<String> jvm, Collection<String> arguments)
            throws IOException {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(jvm);
        List<String> line = new ArrayList<>();
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LIVE_RESPONSE_"));
        builder.environment().putAll(environment);
        if (HOME == null) {
            line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            line.addAll(options);
            line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        } else {
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("JAVA_OPTS", String.join(" ", options));
            line.add(Path.of(HOME, "bin", "live-response").toString());
        }
        line.addAll(arguments);
        return builder.start();
    }
}
