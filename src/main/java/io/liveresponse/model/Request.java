package io.liveresponse.model;

/**
 * A request for one result, or for all results of a machine action.
 *
 * @param tenant         a configured tenant
 * @param machineActionId the action's GUID, in lower case
 * @param commandIndex   the command, or null for all commands of the action
 * @param action         what is known of the action; {@link ActionFacts#UNKNOWN} if only ids were given
 */
public record Request(String tenant, String machineActionId, Integer commandIndex, ActionFacts action) {

    /** @throws LiveResponseException REQUEST_INVALID, saying which part is wrong and what is expected */
    public static Request of(String tenant, String machineActionId, Integer commandIndex, ActionFacts action)
            throws LiveResponseException {
        ResultKey key = ResultKey.of(tenant, machineActionId, commandIndex == null ? 0 : commandIndex);
        return new Request(key.tenant(), key.machineActionId(), commandIndex, action);
    }

    /** True if the request is for every command of its action. */
    public boolean wholeAction() {
        return commandIndex == null;
    }

    /** @throws LiveResponseException REQUEST_INVALID if the request is for a whole action */
    public ResultKey key() throws LiveResponseException {
        if (wholeAction()) {
            throw new LiveResponseException(FailureCode.REQUEST_INVALID, "commandIndex is missing; expected is a whole number from 0");
        }
        return new ResultKey(tenant, machineActionId, commandIndex);
    }

    /** As {@link #key}, and for a whole action the key with {@link ResultKey#WHOLE_ACTION} in it. */
    public ResultKey ledgerKey() {
        return new ResultKey(tenant, machineActionId, wholeAction() ? ResultKey.WHOLE_ACTION : commandIndex);
    }
}
