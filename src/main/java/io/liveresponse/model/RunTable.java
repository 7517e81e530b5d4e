package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What became of a run: a row for each device, ran or not. Immutable but for the rows, which are those of the ledger. Its JSON form is
 * public ({@code run.schema.json}). Names and reasons are remote text: shown, never obeyed.
 *
 * @param run        the run's id
 * @param script     the script, or null if the run has none
 * @param state      {@code finished} or {@code cancelled}; {@code running} of a table that is asked for early
 * @param stopReason why devices were not started any more, or null
 * @param endedAt    null while it runs
 * @param devices    how many rows
 * @param ends       how many devices ended how; a device that has not ended is {@code open}
 * @param outcomes   how many devices that ran have which outcome; {@code none} if the result never arrived
 * @param rows       in the order of the list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunTable(String run, String tenant, String script, String scriptSha256, String comment, String state, String stopReason,
        Instant createdAt, Instant deadline, Instant endedAt, int devices, Map<String, Integer> ends,
        Map<String, Integer> outcomes, Rows rows) {

    /** Read from the ledger a page at a time, each time they are iterated: a table is as large as its fleet. Thread-safe. */
    public interface Rows extends Iterable<Row> {

        default Stream<Row> stream() {
            return StreamSupport.stream(spliterator(), false);
        }
    }

    /**
     * One device.
     *
     * @param device          its DNS name, or null
     * @param end             {@code ran}, {@code offline} and so on
     * @param reason          why it ended so, or null
     * @param machineActionId the last action, or null
     * @param starts          how many calls to start it were made
     * @param outcome         of its first command that did not succeed, else of the first; null if it did not run
     * @param exitCode        of that command, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(String device, String machineId, String end, String reason, String machineActionId, int starts, String outcome,
            Integer exitCode) {
    }
}
