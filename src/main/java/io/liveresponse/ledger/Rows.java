package io.liveresponse.ledger;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Turns rows into records. */
final class Rows {

    private Rows() {
    }

    static ResultKey key(ResultSet row, int number) throws SQLException {
        return new ResultKey(row.getString("tenant"), row.getString("machine_action_id"), row.getInt("command_index"));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static RequestRecord request(ResultSet row, int number) throws SQLException {
        RequestState state = RequestState.of(row.getString("state"));
        boolean ended = state == RequestState.DELIVERED || state == RequestState.DEAD;
        return new RequestRecord(
                row.getLong("accepted_no"), key(row, number), state, row.getInt("attempts"), time(row, "accepted_at"),
                ended ? null : time(row, "next_attempt_at"), time(row, "ended_at"), row.getString("lease_owner"),
                time(row, "lease_end"), action(row), fetched(row), error(row));
    }

    static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(row.getString("sink"), row.getString("reference"), time(row, "delivered_at"));
    }

    static Event event(ResultSet row, int number) throws SQLException {
        return new Event(time(row, "happened_at"), EventKind.of(row.getString("kind")), row.getString("detail"));
    }

    private static ActionFacts action(ResultSet row) throws SQLException {
        return new ActionFacts(
                row.getString("command_type"), row.getString("script_name"), row.getString("file_path"), row.getString("device_id"),
                row.getString("device_name"), row.getString("requestor"), row.getString("comment"),
                time(row, "action_created_at"));
    }

    static Outcome outcome(ResultSet row) throws SQLException {
        String label = row.getString("outcome");
        return label == null ? null : Outcome.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static FetchedFacts fetched(ResultSet row) throws SQLException {
        Outcome outcome = outcome(row);
        return outcome == null ? null : new FetchedFacts(outcome,
                row.getObject("exit_code", Integer.class), row.getString("script_name"), row.getString("sha256"),
                row.getObject("size_bytes", Long.class), row.getString("spool_path"), row.getString("offered_file_name"), time(row, "received_at"));
    }

    private static RequestError error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new RequestError(
                Stage.valueOf(row.getString("error_stage")), FailureCode.valueOf(code), row.getString("error_text"),
                row.getString("error_target"));
    }
}
