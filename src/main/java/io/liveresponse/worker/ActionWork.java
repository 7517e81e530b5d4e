package io.liveresponse.worker;

import io.liveresponse.fetch.ActionCommand;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.fetch.FetchVariables;
import io.liveresponse.fetch.MachineAction;
import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.ActionFacts;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * What becomes of the ledger's requests once the API has told of their machine action. A request for a whole action stays in
 * the ledger, due again and again, until the action has ended; then there is one request for each command. Thread-safe.
 */
public final class ActionWork {

    /** An old action is asked about less often than a new one: at each tenth of its age. */
    private static final int PARTS_OF_AGE = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** The API may answer 404 for a result for some minutes after its action has ended. */
    private static final Duration RESULT_MAY_LAG = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final String owner;
    private final Duration period;
    private final Duration giveUp;
    private final Clock clock;

    /**
     * @param owner  who holds the leases
     * @param period the least time between two questions about an action that runs
     * @param giveUp the age at which an action that still runs is given up
     */
    ActionWork(Ledger ledger, LedgerGuard contact, String owner, Duration period, Duration giveUp, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.owner = owner;
        this.period = period;
        this.giveUp = giveUp;
        this.clock = clock;
    }

    /**
     * One request for each command of an ended action that has, or could have had, a result; one for the whole action while it
     * runs; none of an action that is no live response.
     */
    public static List<NewRequest> requests(String tenant, MachineAction action) {
        if (!action.isLiveResponse()) {
            return List.of();
        }
        if (!action.hasEnded()) {
            return List.of(new NewRequest(new ResultKey(tenant, action.id(), ResultKey.WHOLE_ACTION),
                    action.factsOf(new ActionCommand(0, "", null, null, null)), null));
        }
        List<NewRequest> requests = new ArrayList<>();
        for (ActionCommand command : action.commands()) {
            if (command.canHaveResult()) {
                requests.add(new NewRequest(new ResultKey(tenant, action.id(), command.index()), action.factsOf(command),
                        action.outcomeWithoutRun(command).orElse(null)));
            }
        }
        if (action.commands().isEmpty()) {
            // of which no command is told; its end is not to pass unnoticed
            action.outcome().ifPresent(outcome -> requests.add(new NewRequest(new ResultKey(tenant, action.id(), 0),
                    action.factsOf(new ActionCommand(0, "", null, null, null)), outcome)));
        }
        return requests;
    }

    /**
     * Puts requests for its commands in place of the request for a whole action, or puts that off while the action runs. The
     * commands are committed first, and each is recorded once, so this may be cut off anywhere and done again.
     *
     * @throws LiveResponseException where there will never be a result; LEDGER_UNAVAILABLE
     */
    public void expand(@Variable(WorkerVariables.LEASE) RequestRecord request, @Body ActionPage answer) throws LiveResponseException {
        contact.ask(() -> expanded(request, answer));
    }

    private boolean expanded(RequestRecord request, ActionPage answer) throws LiveResponseException {
        MachineAction action = only(request.key(), answer);
        if (!action.isLiveResponse()) {
            throw new LiveResponseException(FailureCode.ACTION_NO_LIVE_RESPONSE,
                    "the machine action " + request.key() + " is no live response, so it has no results");
        }
        if (action.hasEnded()) {
            ledger.intake().accept(requests(request.key().tenant(), action).iterator());
            return ledger.settlement().settleDelivered(request.key(), owner);
        }
        return putOff(request, action);
    }

    /**
     * Looks for the reason why the API has no result of a command: the action runs, then the request is put off; or it says that
     * there will never be one, then that is the result, and due for delivery.
     *
     * @return true where that settles it; false where the request failed like any other
     * @throws LiveResponseException where there will never be a result; LEDGER_UNAVAILABLE
     */
    public boolean explain(@Variable(WorkerVariables.LEASE) RequestRecord request, @Body ActionPage answer) throws LiveResponseException {
        return contact.ask(() -> explained(request, answer));
    }

    private boolean explained(RequestRecord request, ActionPage answer) throws LiveResponseException {
        MachineAction action = only(request.key(), answer);
        Optional<ActionCommand> command = action.command(request.key().commandIndex());
        if (!action.isLiveResponse() || command.isEmpty() || !command.get().canHaveResult()) {
            return false;
        }
        ledger.settlement().described(request.key(), owner, action.factsOf(command.get()));
        if (!action.hasEnded()) {
            putOff(request, action);
            return true;
        }
        Optional<Outcome> outcome = action.outcomeWithoutRun(command.get()).or(() -> command.get().failed() ? action.outcome() : Optional.empty());
        if (outcome.isEmpty()) {
            return false;
        }
        if (mayLag(action)) {
            ledger.settlement().postpone(request.key(), owner, clock.instant().plus(period), "the action ended only now");
            return true;
        }
        ledger.settlement().fetched(request.key(), owner,
                new FetchedFacts(outcome.get(), null, command.get().scriptName(), null, null, null, null, null));
        ledger.settlement().postpone(request.key(), owner, clock.instant(), "the action is " + action.status());
        return true;
    }

    /**
     * The same request with what the API says of its action, written down too; as it came where the API knows no such command.
     *
     * @throws LiveResponseException ACTION_ANSWER_UNREADABLE where the API speaks of another action; LEDGER_UNAVAILABLE
     */
    public Request describe(@Variable(WorkerVariables.LEASE) RequestRecord record, @Variable(FetchVariables.REQUEST) Request request,
            @Body ActionPage answer) throws LiveResponseException {
        MachineAction action = only(record.key(), answer);
        Optional<ActionFacts> facts = action.command(record.key().commandIndex()).map(action::factsOf);
        if (facts.isEmpty()) {
            return request;
        }
        contact.ask(() -> ledger.settlement().described(record.key(), owner, facts.get()));
        return new Request(request.tenant(), request.machineActionId(), request.commandIndex(), facts.get());
    }

    private boolean putOff(RequestRecord request, MachineAction action) throws LiveResponseException {
        Instant now = clock.instant();
        Instant began = action.createdAt() == null ? request.acceptedAt() : action.createdAt();
        if (now.isAfter(began.plus(giveUp)) && now.isAfter(request.acceptedAt().plus(giveUp))) {
            throw new LiveResponseException(FailureCode.ACTION_NEVER_ENDED, "the machine action " + request.key() + " is still "
                    + action.status() + " after " + giveUp.toHours() + " h (live-response.action.give-up)");
        }
        return ledger.settlement().postpone(request.key(), owner, now.plus(wait(Duration.between(began, now))), "the action is " + action.status());
    }

    private boolean mayLag(MachineAction action) {
        return action.updatedAt() != null && clock.instant().isBefore(action.updatedAt().plus(RESULT_MAY_LAG));
    }

    private Duration wait(Duration age) {
        Duration part = age.dividedBy(PARTS_OF_AGE);
        Duration capped = part.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : part;
        return capped.compareTo(period) < 0 ? period : capped;
    }

    private static MachineAction only(ResultKey key, ActionPage answer) throws LiveResponseException {
        return answer.actions().stream().filter(action -> action.id().equalsIgnoreCase(key.machineActionId())).findFirst()
                .orElseThrow(() -> new LiveResponseException(FailureCode.ACTION_ANSWER_UNREADABLE,
                        "the API was asked about " + key + " and answers with another action"));
    }
}
