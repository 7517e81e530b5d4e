package io.liveresponse.simulator.scenario;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A transcript given by its fields.
 *
 * @param scriptName the script as the device names it
 * @param exitCode   the exit code
 * @param output     standard output; null for none
 * @param errors     standard error; null for none
 * @param spelling   which revision of the documentation names the fields; null for the newer
 */
public record ScenarioTranscript(String scriptName, int exitCode, String output, String errors, Spelling spelling) {

    /** The field names of the two revisions. */
    public enum Spelling {
        /** {@code script_name}, {@code script_errors}. */
        @JsonProperty("2022") REVISION_2022("script_name", "script_errors"),
        /** {@code name}, {@code script_error}. */
        @JsonProperty("2021") REVISION_2021("name", "script_error");

        private final String nameField;
        private final String errorsField;

        Spelling(String nameField, String errorsField) {
            this.nameField = nameField;
            this.errorsField = errorsField;
        }
    }

    public ScenarioTranscript {
        output = output == null ? "" : output;
        errors = errors == null ? "" : errors;
        spelling = spelling == null ? Spelling.REVISION_2022 : spelling;
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put(spelling.nameField, scriptName).put("exit_code", exitCode)
                .put("script_output", output).put(spelling.errorsField, errors);
        return json.toString();
    }
}
