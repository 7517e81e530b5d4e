package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns rows into records. Thread-safe. */
final class Rows {

    private final Dialect dialect;

    Rows(Dialect dialect) {
        this.dialect = dialect;
    }

    static ResultKey key(ResultSet row, int number) throws SQLException {
        return new ResultKey(row.getString("tenant"), row.getString("machine_action_id"), row.getInt("command_index"));
    }

    Instant time(ResultSet row, String column) throws SQLException {
        return dialect.time(row, column);
    }

    RequestRecord request(ResultSet row, int number) throws SQLException {
        RequestState state = RequestState.of(row.getString("state"));
        boolean ended = state == RequestState.DELIVERED || state == RequestState.DEAD;
        return new RequestRecord(
                row.getLong("accepted_no"), key(row, number), state, row.getInt("attempts"), time(row, "accepted_at"),
                ended ? null : time(row, "next_attempt_at"), time(row, "ended_at"), row.getString("lease_owner"),
                time(row, "lease_end"), action(row), fetched(row), error(row), row.getInt("claims"));
    }

    Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(row.getString("sink"), row.getString("reference"), time(row, "delivered_at"));
    }

    Event event(ResultSet row, int number) throws SQLException {
        return new Event(time(row, "happened_at"), EventKind.of(row.getString("kind")), row.getString("detail"));
    }

    /** An action's facts as parameters, cut to fit; but for the time of its creation. */
    static Map<String, Object> action(ActionFacts action) {
        Map<String, Object> row = new HashMap<>();
        row.put("command_type", Text.clean(action.commandType(), 32));
        row.put("script_name", Text.clean(action.scriptName(), 500));
        row.put("file_path", Text.clean(action.path(), 2000));
        row.put("device_id", Text.clean(action.deviceId(), 200));
        row.put("device_name", Text.clean(action.deviceName(), 500));
        row.put("requestor", Text.clean(action.requestor(), 320));
        row.put("comment", Text.clean(action.comment(), 4000));
        row.put("action_failure", Text.clean(action.failureJson(), Integer.MAX_VALUE));
        return row;
    }

    private ActionFacts action(ResultSet row) throws SQLException {
        return new ActionFacts(
                row.getString("command_type"), row.getString("script_name"), row.getString("file_path"), row.getString("device_id"),
                row.getString("device_name"), row.getString("requestor"), row.getString("comment"),
                time(row, "action_created_at")).withFailure(row.getString("action_failure"));
    }

    static Outcome outcome(ResultSet row) throws SQLException {
        String label = row.getString("outcome");
        return label == null ? null : Outcome.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private FetchedFacts fetched(ResultSet row) throws SQLException {
        Outcome outcome = outcome(row);
        return outcome == null
                ? null
                : new FetchedFacts(outcome,
                        integer(row, "exit_code"), row.getString("script_name"), row.getString("sha256"),
                        number(row, "size_bytes"), row.getString("spool_path"), row.getString("offered_file_name"),
                        time(row, "received_at"), row.getString("spool_node"));
    }

    private static RequestError error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null
                ? null
                : new RequestError(
                        Stage.valueOf(row.getString("error_stage")), FailureCode.valueOf(code), row.getString("error_text"),
                        row.getString("error_target"));
    }

    static Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
