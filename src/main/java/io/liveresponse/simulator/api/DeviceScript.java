package io.liveresponse.simulator.api;

import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioLibraryFile;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What commands do on one device. Immutable. */
final class DeviceScript {

    private static final Duration FILE_TIME = Duration.ofSeconds(5);
    private static final int HASH_MISMATCH = 323;

    /**
     * How a command ends.
     *
     * @param lasts        before time scaling
     * @param actionStatus {@code Succeeded} if the next command may run, else the action's status
     * @param executes     whether anything ran on the device
     * @param result       what the store gets, or null
     */
    record Ending(
            Duration lasts, String commandStatus, String actionStatus, List<String> errors, boolean executes, ScenarioBlob result) {
    }

    private final ScenarioDevice device;
    private final ScenarioRuns settings;
    private final Function<String, Optional<ScenarioLibraryFile>> library;

    /** @param library the scripts by name */
    DeviceScript(ScenarioDevice device, ScenarioRuns settings, Function<String, Optional<ScenarioLibraryFile>> library) {
        this.device = device;
        this.settings = settings;
        this.library = library;
    }

    Ending run(RunRequest.Command command, int index) {
        boolean fails = device.failsAt() != null && device.failsAt() == index;
        return switch (command.type()) {
            case "RunScript" -> script(command, fails);
            case "GetFile" -> fails
                    ? failed(FILE_TIME, "The file " + command.subject() + " was not found", true, null)
                    : new Ending(FILE_TIME, "Completed", "Succeeded", List.of(), true, file(command.subject()));
            default -> fails
                    ? failed(FILE_TIME, "The file " + command.subject() + " could not be written", true, null)
                    : new Ending(FILE_TIME, "Completed", "Succeeded", List.of(), true, null);
        };
    }

    private Ending script(RunRequest.Command command, boolean fails) {
        ScenarioLibraryFile script = library.apply(command.subject()).orElseThrow();
        Duration lasts = device.runTime() == null ? script.runTime() : device.runTime();
        if (device.hashChanged()) {
            return failed(FILE_TIME, "Script file hash mismatch", false, ScenarioBlob.transcript(
                    script.fileName(), HASH_MISMATCH, "", "The script's hash does not match the library's.\n"));
        }
        if (fails) {
            return failed(lasts, "The script could not be started", false, null);
        }
        if (device.hangs() || lasts.compareTo(settings.scriptTimeout()) > 0) {
            return new Ending(settings.scriptTimeout(), "Failed", settings.scriptTimeoutStatus(),
                    List.of("The script did not end within " + settings.scriptTimeout().toMinutes() + " minutes"), true, null);
        }
        int exitCode = device.exitCode() == null ? script.exitCode() : device.exitCode();
        ScenarioBlob transcript = ScenarioBlob.transcript(script.fileName(), exitCode,
                filled(device.output() == null ? script.output() : device.output(), command),
                filled(device.errors() == null ? script.errors() : device.errors(), command));
        return exitCode == 0
                ? new Ending(lasts, "Completed", "Succeeded", List.of(), true, transcript)
                : failed(lasts, "Script exited with code " + exitCode, true, transcript);
    }

    private static Ending failed(Duration lasts, String error, boolean executes, ScenarioBlob result) {
        return new Ending(lasts, "Failed", "Failed", List.of(error), executes, result);
    }

    private ScenarioBlob file(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
        return ScenarioBlob.text(path + " of " + device.computerDnsName() + "\n").gzipped().named(name);
    }

    private String filled(String text, RunRequest.Command command) {
        return text.replace("{device}", device.computerDnsName()).replace("{args}", command.params().getOrDefault("Args", ""));
    }
}
