package io.liveresponse.model;

/**
 * The result, or all results of one machine action, that somebody wants.
 *
 * @param tenant         a configured tenant
 * @param machineActionId the action's GUID, in lower case
 * @param commandIndex   the command, or null where all commands of the action are meant
 * @param action         what is known of the action; {@link ActionFacts#UNKNOWN} where only ids were given
 */
public record Request(String tenant, String machineActionId, Integer commandIndex, ActionFacts action) {

    /** @throws LiveResponseException REQUEST_INVALID, saying which part is wrong and what is wanted instead */
    public static Request of(String tenant, String machineActionId, Integer commandIndex, ActionFacts action)
            throws LiveResponseException {
        ResultKey key = ResultKey.of(tenant, machineActionId, commandIndex == null ? 0 : commandIndex);
        return new Request(key.tenant(), key.machineActionId(), commandIndex, action);
    }

    /** True where the request stands for every command of its action. */
    public boolean wholeAction() {
        return commandIndex == null;
    }

    /** @throws LiveResponseException REQUEST_INVALID where the request stands for a whole action */
    public ResultKey key() throws LiveResponseException {
        if (wholeAction()) {
            throw new LiveResponseException(FailureCode.REQUEST_INVALID, "commandIndex is missing; wanted is a whole number from 0");
        }
        return new ResultKey(tenant, machineActionId, commandIndex);
    }

    /** As {@link #key}, and for a whole action the key with {@link ResultKey#WHOLE_ACTION} in it. */
    public ResultKey ledgerKey() {
        return new ResultKey(tenant, machineActionId, wholeAction() ? ResultKey.WHOLE_ACTION : commandIndex);
    }
}
