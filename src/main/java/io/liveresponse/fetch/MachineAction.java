package io.liveresponse.fetch;

import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the API says of one machine action. All texts are remote: shown, never obeyed.
 *
 * @param id        as the API writes it; never null
 * @param type      {@code LiveResponse} among others; never null
 * @param status    {@code Pending}, {@code InProgress}, {@code Succeeded}, {@code Failed}, {@code TimeOut} or
 *                  {@code Cancelled}; never null
 * @param createdAt when it was asked for, or null if the API does not say
 * @param updatedAt when it last changed; of an action that has ended: its end; or null
 * @param errorHResult     why it failed, or null if the API does not say
 * @param troubleshootInfo likewise
 * @param commands  in the order of their indexes
 * @param externalId the correlation id that the caller gave, or null
 * @param begun     whether a command has begun on the device, as far as the API says
 * @param reason    what {@code errors[]}, {@code troubleshootInfo} and {@code errorHResult} say, one line; or null
 */
public record MachineAction(String id, String type, String status, Instant createdAt, Instant updatedAt, String deviceId,
        String deviceName, String requestor, String comment, String errorHResult, String troubleshootInfo,
        List<ActionCommand> commands, String externalId, boolean begun, String reason) {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "TimeOut", "Cancelled");

    public MachineAction {
        commands = List.copyOf(commands);
    }

    /** An action of which the API says no more. */
    public MachineAction(String id, String type, String status, Instant createdAt, Instant updatedAt, String deviceId, String deviceName,
            String requestor, String comment, List<ActionCommand> commands) {
        this(id, type, status, createdAt, updatedAt, deviceId, deviceName, requestor, comment, null, null, commands, null,
                commands.stream().anyMatch(ActionCommand::wasExecuted), null);
    }

    public boolean isLiveResponse() {
        return type.equals("LiveResponse");
    }

    /** An unknown status counts as not ended: asking once more costs less than losing a result. */
    public boolean hasEnded() {
        return ENDED.contains(status);
    }

    public ActionFacts factsOf(ActionCommand command) {
        return new ActionFacts(command.type(), command.scriptName(), command.path(), deviceId, deviceName, requestor, comment, createdAt,
                command.errors(), errorHResult, troubleshootInfo);
    }

    public Optional<ActionCommand> command(int index) {
        return commands.stream().filter(command -> command.index() == index).findFirst();
    }

    /**
     * What is known of a command of an ended action without asking for its result: it never ran. Empty if there may be a
     * result, also that of a script that failed.
     */
    public Optional<Outcome> outcomeWithoutRun(ActionCommand command) {
        if (command.wasExecuted()) {
            return Optional.empty();
        }
        boolean earlierFailed = commands.stream().anyMatch(other -> other.index() < command.index() && other.failed());
        return earlierFailed ? Optional.of(Outcome.NOT_EXECUTED) : outcome();
    }

    /** What became of an ended action that did not succeed, for a command that has no result; empty if it succeeded. */
    public Optional<Outcome> outcome() {
        return switch (status) {
            case "Failed" -> Optional.of(Outcome.ACTION_FAILED);
            case "TimeOut" -> Optional.of(Outcome.ACTION_TIMED_OUT);
            case "Cancelled" -> Optional.of(Outcome.ACTION_CANCELLED);
            default -> Optional.empty();
        };
    }
}
