package io.liveresponse.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
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

    /** @param running whether the action is shown as not yet ended, whatever it will be */
    static ObjectNode of(Actions.Stored stored, boolean running) {
        ScenarioAction action = stored.action();
        Instant created = stored.reference().minus(action.createdAgo());
        Instant ended = stored.reference().minus(action.endedAgo());
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("id", action.id())
                .put("type", action.type())
                .put("title", (String) null)
                .put("requestor", action.requestor())
                .put("requestorComment", action.requestorComment())
                .put("status", shownStatus(action, running))
                .put("machineId", action.machineId())
                .put("computerDnsName", action.computerDnsName())
                .put("creationDateTimeUtc", TIME.format(created))
                .put("lastUpdateDateTimeUtc", TIME.format(running ? created : ended))
                .put("cancellationRequestor", (String) null)
                .put("cancellationComment", (String) null)
                .put("errorHResult", 0)
                .put("scope", (String) null)
                .put("externalId", (String) null)
                .put("requestSource", "PublicApi")
                .put("relatedFileInfo", (String) null);
        ArrayNode commands = json.putArray("commands");
        Duration step = Duration.between(created, ended).dividedBy(Math.max(1, action.commands().size()));
        for (int index = 0; index < action.commands().size(); index++) {
            Instant start = created.plus(step.multipliedBy(index));
            commands.add(command(action.commands().get(index), index, start, start.plus(step), running));
        }
        json.putArray("troubleshootInfo");
        return json;
    }

    private static String shownStatus(ScenarioAction action, boolean running) {
        boolean neverEnds = action.status().equals("Pending") || action.status().equals("InProgress");
        return running && !neverEnds ? "InProgress" : action.status();
    }

    private static ObjectNode command(ScenarioCommand command, int index, Instant start, Instant end, boolean running) {
        String status = running ? "Created" : command.status();
        boolean ran = !status.equals("Created");
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("index", index)
                .put("startTime", ran ? TIME.format(start) : null)
                .put("endTime", ran ? TIME.format(end) : null)
                .put("commandStatus", status);
        ArrayNode errors = json.putArray("errors");
        command.errors().forEach(errors::add);
        ObjectNode inner = json.putObject("command").put("type", command.type());
        ArrayNode params = inner.putArray("params");
        command.params().forEach((name, value) -> params.addObject().put("key", name).put("value", value));
        return json;
    }
}
