package io.liveresponse.simulator.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A machine action at one moment.
 *
 * @param ended                 whether its status is final
 * @param externalId            what the caller gave for correlation, or null
 * @param cancellationRequestor who cancelled it, or null
 * @param cancelledAt           when that was asked for, or null
 */
record MachineAction(
        String id, String type, String requestor, String comment, String status, boolean ended, String machineId, String deviceName,
        Instant created, Instant updated, String externalId, String cancellationRequestor, String cancellationComment,
        Instant cancelledAt, int errorHResult, List<String> troubleshootInfo, List<Command> commands) {

    /**
     * @param start     when it began, or null
     * @param end       when it ended, or null
     * @param hasResult whether there is something to download
     */
    record Command(
            String type, Map<String, String> params, String status, Instant start, Instant end, List<String> errors,
            boolean hasResult) {
    }
}
