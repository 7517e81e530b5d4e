package io.liveresponse.simulator.api;

import java.time.Instant;

/**
 * A command that began on a device.
 *
 * @param type    {@code RunScript}, {@code GetFile} or {@code PutFile}
 * @param subject the script's name, the path or the file's name
 * @param start   by the simulator's clock
 */
public record Execution(
        String tenant, String machineId, String actionId, int commandIndex, String type, String subject, Instant start) {
}
