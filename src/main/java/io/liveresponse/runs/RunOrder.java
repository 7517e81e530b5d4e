package io.liveresponse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What somebody wants to run, read and checked; devices are not resolved yet.
 *
 * @param runId       a GUID that is the same for the same order
 * @param commands    as the API takes them, a JSON array
 * @param scriptName  of the RunScript command, or null
 * @param results     how many commands leave a result
 * @param deadline    or null
 * @param timeAllowed in place of a deadline, or null
 * @param rows        the devices by id or name
 * @param tag         all devices with this tag, or null
 * @param os          all devices with this {@code osPlatform}, or null
 */
public record RunOrder(String runId, String tenant, String commands, String scriptName, int results, String comment, Instant deadline,
        Duration timeAllowed, List<Row> rows, String tag, String os) {

    public RunOrder {
        rows = List.copyOf(rows);
    }

    /**
     * One row of a device list.
     *
     * @param line      its line or place, from 1
     * @param machineId 40 hex digits in lower case, or null
     * @param name      a DNS name, or null
     * @param problem   why it names no device, or null
     */
    public record Row(long line, String machineId, String name, String problem) {

        /** For a person: which row it is, and what is wrong with it. */
        @Override
        public String toString() {
            return "row " + line + (name == null || name.isEmpty() ? "" : " (" + name + ")") + ": " + problem;
        }
    }
}
