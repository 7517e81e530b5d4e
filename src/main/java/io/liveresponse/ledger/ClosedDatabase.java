package io.liveresponse.ledger;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;

/**
 * H2 closes a database whose file it cannot write, and its connections go on calling themselves valid. Out of the pool with
 * them: the first new one opens the file again.
 */
final class ClosedDatabase implements SQLExceptionOverride {

    private static final Set<Integer> CLOSED = Set.of(ErrorCode.DATABASE_IS_CLOSED, ErrorCode.OBJECT_CLOSED,
            ErrorCode.CONNECTION_BROKEN_1, ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2, ErrorCode.GENERAL_ERROR_1);

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        return CLOSED.contains(e.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
