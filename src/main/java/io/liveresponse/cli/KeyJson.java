package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.model.ResultKey;

/**
 * A request's key as {@code --json} prints it.
 *
 * @param commandIndex left out if the request is for a whole action
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyJson(String tenant, String machineActionId, Integer commandIndex) {

    static KeyJson of(ResultKey key) {
        return new KeyJson(key.tenant(), key.machineActionId(), key.wholeAction() ? null : key.commandIndex());
    }
}
