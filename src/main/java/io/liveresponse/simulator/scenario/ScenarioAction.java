package io.liveresponse.simulator.scenario;

import io.liveresponse.model.ResultKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One machine action. Times are given as how long before the simulator's start they were.
 *
 * @param tenant           the tenant's name
 * @param id               a GUID, unique in the scenario
 * @param type             null for {@code LiveResponse}
 * @param status           {@code Pending}, {@code InProgress}, {@code Succeeded}, {@code Failed}, {@code TimeOut} or
 *                         {@code Cancelled}; null for {@code Succeeded}
 * @param machineId        null for one made from the device's name
 * @param computerDnsName  the device
 * @param requestor        who started it
 * @param requestorComment why
 * @param createdAgo       null for ten minutes
 * @param endedAgo         null for one minute
 * @param pendingCalls     how many requests about it find it still running
 * @param commands         the commands in order
 */
public record ScenarioAction(
        String tenant, String id, String type, String status, String machineId, String computerDnsName, String requestor,
        String requestorComment, Duration createdAgo, Duration endedAgo, int pendingCalls, List<ScenarioCommand> commands) {

    public ScenarioAction {
        id = id.toLowerCase(Locale.ROOT);
        type = type == null ? "LiveResponse" : type;
        status = status == null ? "Succeeded" : status;
        computerDnsName = computerDnsName == null ? "ws-0042.contoso.local" : computerDnsName;
        machineId = machineId == null ? ScenarioDevice.idOf(computerDnsName) : machineId;
        requestor = requestor == null ? "secops@contoso.com" : requestor;
        requestorComment = requestorComment == null ? "Live response run" : requestorComment;
        createdAgo = createdAgo == null ? Duration.ofMinutes(10) : createdAgo;
        endedAgo = endedAgo == null ? Duration.ofMinutes(1) : endedAgo;
        commands = commands == null ? List.of() : List.copyOf(commands);
    }

    /** An action that ended well. */
    public static ScenarioAction of(String tenant, String id, ScenarioCommand... commands) {
        return new ScenarioAction(tenant, id, null, null, null, null, null, null, null, null, 0, List.of(commands));
    }

    public ScenarioAction withStatus(String other) {
        return new ScenarioAction(tenant, id, type, other, machineId, computerDnsName, requestor, requestorComment, createdAgo,
                endedAgo, pendingCalls, commands);
    }

    public ScenarioAction withPendingCalls(int calls) {
        return new ScenarioAction(tenant, id, type, status, machineId, computerDnsName, requestor, requestorComment, createdAgo,
                endedAgo, calls, commands);
    }

    public ScenarioAction withDevice(String dnsName) {
        return new ScenarioAction(tenant, id, type, status, null, dnsName, requestor, requestorComment, createdAgo, endedAgo,
                pendingCalls, commands);
    }

    public ScenarioAction createdAgo(Duration ago) {
        return new ScenarioAction(tenant, id, type, status, machineId, computerDnsName, requestor, requestorComment, ago, endedAgo,
                pendingCalls, commands);
    }

    public ResultKey key(int commandIndex) {
        return new ResultKey(tenant, id, commandIndex);
    }
}
