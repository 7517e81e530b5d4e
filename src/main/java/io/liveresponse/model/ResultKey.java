package io.liveresponse.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Identifies one result everywhere: ledger, file name, ticket correlation id, message id, log line.
 *
 * @param tenant          a name from {@code live-response.tenants}
 * @param machineActionId the action's GUID, in lower case
 * @param commandIndex    the command's place in the action, from 0; {@link #WHOLE_ACTION} in the ledger only, for a request
 *                        for all commands
 */
public record ResultKey(String tenant, String machineActionId, int commandIndex) {

    /** In place of a command index: all commands of the action. */
    public static final int WHOLE_ACTION = -1;

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final int MAX_COMMAND_INDEX = 9_999;

    public ResultKey {
        if (tenant == null || machineActionId == null) {
            throw new IllegalArgumentException("tenant and machineActionId are required");
        }
        machineActionId = machineActionId.toLowerCase(Locale.ROOT);
    }

    /** @throws LiveResponseException {@link FailureCode#REQUEST_INVALID}, saying which part is wrong and what is expected */
    public static ResultKey of(String tenant, String machineActionId, int commandIndex) throws LiveResponseException {
        if (tenant == null || !TENANT.matcher(tenant).matches()) {
            throw invalid("tenant must be a configured name");
        }
        if (machineActionId == null || !GUID.matcher(machineActionId).matches()) {
            throw invalid("machineActionId must be a GUID such as 5382f7ea-7557-4ab7-9782-d50480024a4e");
        }
        if (commandIndex < 0 || commandIndex > MAX_COMMAND_INDEX) {
            throw invalid("commandIndex must be a whole number from 0 to " + MAX_COMMAND_INDEX);
        }
        return new ResultKey(tenant, machineActionId, commandIndex);
    }

    private static LiveResponseException invalid(String what) {
        return new LiveResponseException(FailureCode.REQUEST_INVALID, what);
    }

    public boolean wholeAction() {
        return commandIndex == WHOLE_ACTION;
    }

    /** {@code tenant/machineActionId/commandIndex}, for a whole action without an index; the form of log lines and correlation ids. */
    @Override
    public String toString() {
        return tenant + "/" + machineActionId + (wholeAction() ? "" : "/" + commandIndex);
    }
}
