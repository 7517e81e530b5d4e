package io.liveresponse.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A run to record.
 *
 * @param runId        a GUID in lower case; a run of the same id is the same run
 * @param tenant       a name of the settings
 * @param commands     the commands as the API takes them, a JSON array
 * @param scriptName   of the RunScript command, or null
 * @param scriptSha256 the script's hash in the library, lower case; null if the run is not fixed to it
 * @param comment      at most 1,000 characters; not null
 * @param deadline     when devices that still wait end
 * @param devices      at least one; of two with the same id the first is kept
 */
public record NewRun(String runId, String tenant, String commands, String scriptName, String scriptSha256, String comment, Instant deadline,
        List<Device> devices) {

    public NewRun {
        devices = List.copyOf(devices);
    }

    /**
     * One device.
     *
     * @param machineId 40 hex digits in lower case, or what stands for a row that names no device
     * @param name      its DNS name, or null
     * @param refusal   why the row ends {@link RunEnd#REFUSED} without a call; null for a device to start
     */
    public record Device(String machineId, String name, String refusal) {
    }
}
