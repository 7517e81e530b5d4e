package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.ResultKey;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** A statement's parameters, each with its type, since PostgreSQL cannot guess that of a null. Not thread-safe. */
final class Params extends MapSqlParameterSource {

    Params key(ResultKey key) {
        return text("tenant", key.tenant())
                .text("machine_action_id", key.machineActionId())
                .number("command_index", key.commandIndex());
    }

    Params text(String name, String value) {
        addValue(name, value, Types.VARCHAR);
        return this;
    }

    Params number(String name, Number value) {
        addValue(name, value, value instanceof Integer ? Types.INTEGER : Types.BIGINT);
        return this;
    }

    Params time(String name, Instant value) {
        addValue(name, value == null ? null : value.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    Params action(ActionFacts action) {
        return text("command_type", Text.clean(action.commandType(), 32)).text("script_name", Text.clean(action.scriptName(), 500))
                .text("file_path", Text.clean(action.path(), 2000))
                .text("device_id", Text.clean(action.deviceId(), 200)).text("device_name", Text.clean(action.deviceName(), 500))
                .text("requestor", Text.clean(action.requestor(), 320)).text("comment", Text.clean(action.comment(), 4000))
                .time("action_created_at", action.createdAt());
    }

    Params error(RequestError error) {
        return text("error_stage", error.stage().name())
                .text("error_code", error.code().name())
                .text("error_text", error.text())
                .text("error_target", error.target());
    }
}
