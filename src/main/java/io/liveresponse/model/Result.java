package io.liveresponse.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Locale;

/**
 * What became of one command: what routes choose by and sinks deliver. Immutable. Its JSON form is public
 * ({@code result.schema.json}); the location of the bytes is not part of it.
 *
 * @param key        which result
 * @param outcome    what became of the command
 * @param exitCode   signed 32 bits, or null if there is no transcript
 * @param scriptName the script as the device or the request names it, or null
 * @param output     standard output, its beginning and end; never null
 * @param errors     standard error, likewise
 * @param reason     why there is no transcript, or null
 * @param action     what is known of the machine action; never null
 * @param blob       the bytes as received, or null if there were none to fetch
 */
@JsonAutoDetect(getterVisibility = JsonAutoDetect.Visibility.NONE, fieldVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"tenant", "machineActionId", "commandIndex", "outcome", "exitCode", "scriptName", "reason"})
public record Result(
        ResultKey key,
        @JsonProperty Outcome outcome,
        @JsonProperty Integer exitCode,
        @JsonProperty String scriptName,
        @JsonProperty CapturedText output,
        @JsonProperty CapturedText errors,
        @JsonProperty String reason,
        @JsonProperty @JsonUnwrapped ActionFacts action,
        SpooledBlob blob) implements Deliverable {

    /** Null: this is the result of one command, and not of a run. */
    public RunTable run() {
        return null;
    }

    @JsonProperty
    public String tenant() {
        return key.tenant();
    }

    @JsonProperty
    public String machineActionId() {
        return key.machineActionId();
    }

    @JsonProperty
    public int commandIndex() {
        return key.commandIndex();
    }

    /** Of the bytes as received, or null. */
    @JsonProperty
    public String sha256() {
        return blob == null ? null : blob.sha256();
    }

    @JsonProperty
    public Long sizeBytes() {
        return blob == null ? null : blob.size();
    }

    @JsonProperty
    public Instant receivedAt() {
        return blob == null ? null : blob.receivedAt();
    }

    /** The file name for the bytes as received; made safe, since part of it comes from the device. Null without bytes. */
    @JsonProperty("file")
    public String receivedFileName() {
        if (blob == null) {
            return null;
        }
        String name = switch (outcome) {
            case FILE_RETRIEVED -> key.commandIndex() + "-"
                    + SafeFileName.of(action.path() == null ? blob.offeredFileName() : action.path());
            case UNREADABLE -> key.commandIndex() + ".unreadable";
            default -> key.commandIndex() + ".transcript.json";
        };
        return blob.gzip() && !name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name + ".gz" : name;
    }
}
