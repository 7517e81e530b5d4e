package io.liveresponse.rows;

import io.liveresponse.model.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What every row of one result has. Immutable.
 *
 * @param key          the result's key as text
 * @param tenant       never null
 * @param deviceId     or null
 * @param deviceName   or null
 * @param scriptName   or null
 * @param scriptSha256 of the script that ran, 64 lower-case hex digits; null if it is not known
 * @param time         when the result was received, else when its action was started; to the millisecond; never null
 */
public record RowOrigin(String key, String tenant, String deviceId, String deviceName, String machineActionId, int commandIndex,
        String scriptName, String scriptSha256, Instant time) {

    /** The columns that every row has, in their order; no rule may name one of its own so. */
    public static final List<String> COLUMNS = List.of("tenant", "deviceId", "deviceName", "machineActionId", "commandIndex",
            "scriptName", "scriptSha256", "time", "rowNumber", "rowId", "noAnswer");

    /** @param now for a result that says nothing of time */
    static RowOrigin of(Result result, String scriptSha256, Instant now) {
        Instant time = result.receivedAt() != null
                ? result.receivedAt()
                : result.action().createdAt() != null ? result.action().createdAt() : now;
        return new RowOrigin(result.key().toString(), result.tenant(), result.action().deviceId(), result.action().deviceName(),
                result.machineActionId(), result.commandIndex(), RowRules.scriptOf(result), scriptSha256,
                time.truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same record of the same result has the same id, whenever and however often it is read. */
    String rowId(long rowNumber) {
        return DigestUtils.sha256Hex(key + "/" + rowNumber);
    }
}
