package io.liveresponse.simulator.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A file of a tenant's live response library; if it is a script, what it does on a device. {@code {device}} and
 * {@code {args}} in its output and errors stand for the device's DNS name and the arguments.
 *
 * @param tenant                the tenant's name
 * @param fileName              the name that {@code ScriptName} and {@code FileName} refer to
 * @param content               the file's text; its UTF-8 bytes make the sha256. Null for one made from the name
 * @param description           or null
 * @param parametersDescription or null
 * @param exitCode              the exit code
 * @param output                standard output; null for none
 * @param errors                standard error; null for none
 * @param runTime               how long it runs, divided by the scenario's time scale; null for 20 seconds
 */
public record ScenarioLibraryFile(
        String tenant, String fileName, String content, String description, String parametersDescription, int exitCode, String output,
        String errors, Duration runTime) {

    public ScenarioLibraryFile {
        if (tenant == null || fileName == null) {
            throw new IllegalArgumentException("a library file needs a tenant and a fileName");
        }
        content = content == null ? "# " + fileName + "\n" : content;
        output = output == null ? "" : output;
        errors = errors == null ? "" : errors;
        runTime = runTime == null ? Duration.ofSeconds(20) : runTime;
    }

    /** A script that ends with exit code 0. */
    public static ScenarioLibraryFile script(String tenant, String fileName, String output) {
        return new ScenarioLibraryFile(tenant, fileName, null, null, null, 0, output, null, null);
    }

    public byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
