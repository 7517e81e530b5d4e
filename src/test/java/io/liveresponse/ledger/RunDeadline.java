package io.liveresponse.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets the deadline of all runs come, which is hours away otherwise. */
public final class RunDeadline {

    private RunDeadline() {
    }

    /** @param data the data directory, whether its service runs or not */
    public static void comes(Path data) throws SQLException {
        try (Connection connection = DriverManager.getConnection(LedgerAddress.inDirectory(data).url());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update run set deadline = created_at");
        }
    }
}
