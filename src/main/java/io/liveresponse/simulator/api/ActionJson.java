package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** A machine action as the API shows it. */
final class ActionJson {

    /** The API's times have up to seven digits after the point. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 7, true).appendLiteral('Z').toFormatter(Locale.ROOT).withZone(ZoneOffset.UTC);

    private ActionJson() {
    }

    static ObjectNode of(MachineAction action) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("id", action.id())
                .put("type", action.type())
                .put("title", (String) null)
                .put("requestor", action.requestor())
                .put("requestorComment", action.comment())
                .put("status", action.status())
                .put("machineId", action.machineId())
                .put("computerDnsName", action.deviceName())
                .put("creationDateTimeUtc", time(action.created()))
                .put("lastUpdateDateTimeUtc", time(action.updated()))
                .put("cancellationRequestor", action.cancellationRequestor())
                .put("cancellationComment", action.cancellationComment())
                .put("cancellationDateTimeUtc", time(action.cancelledAt()))
                .put("errorHResult", action.errorHResult())
                .put("scope", (String) null)
                .put("externalID", action.externalId())
                .put("requestSource", "PublicApi")
                .put("relatedFileInfo", (String) null);
        ArrayNode commands = json.putArray("commands");
        for (int index = 0; index < action.commands().size(); index++) {
            commands.add(command(action.commands().get(index), index));
        }
        ArrayNode info = json.putArray("troubleshootInfo");
        action.troubleshootInfo().forEach(info::add);
        return json;
    }

    static String time(Instant instant) {
        return instant == null ? null : TIME.format(instant);
    }

    private static ObjectNode command(MachineAction.Command command, int index) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("index", index)
                .put("startTime", time(command.start()))
                .put("endTime", time(command.end()))
                .put("commandStatus", command.status());
        ArrayNode errors = json.putArray("errors");
        command.errors().forEach(errors::add);
        ObjectNode inner = json.putObject("command").put("type", command.type());
        ArrayNode params = inner.putArray("params");
        command.params().forEach((name, value) -> params.addObject().put("key", name).put("value", value));
        return json;
    }
}
