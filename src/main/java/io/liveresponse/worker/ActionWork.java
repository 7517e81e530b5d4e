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
import io.liveresponse.model.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.support.LRUCacheFactory;

/**
 * What becomes of the ledger's requests once the API has told of their machine action. A request for a whole action stays in
 * the ledger, due again and again, until the action has ended; then there is one request for each command. Thread-safe.
 */
public final class ActionWork {

    /** An old action is polled less often than a new one: at each tenth of its age. */
    private static final int PARTS_OF_AGE = 10;
    /** Actions whose facts are kept, so that one call serves all commands of an action. */
    private static final int MOST_KNOWN = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** The API may answer 404 for a result for some minutes after its action has ended. */
    private static final Duration RESULT_MAY_LAG = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final LedgerGuard contact;
    private final Peers peers;
    private final String owner;
    private final Duration period;
    private final Duration giveUp;
    private final Clock clock;
    private final Map<String, ActionPage> known = LRUCacheFactory.newLRUCache(MOST_KNOWN);

    /**
     * @param owner  who holds the leases
     * @param period the least time between two questions about an action that runs
     * @param giveUp the age at which an action that still runs is given up
     */
    ActionWork(Ledger ledger, LedgerGuard contact, Peers peers, String owner, Duration period, Duration giveUp, Clock clock) {
        this.ledger = ledger;
        this.contact = contact;
        this.peers = peers;
        this.owner = owner;
        this.period = period;
        this.giveUp = giveUp;
        this.clock = clock;
    }

    /**
     * One request for each command of an ended action that has, or could have had, a result; one for the whole action while it
     * runs or if it names no commands; none of an action that is no live response.
     */
    public static List<NewRequest> requests(String tenant, MachineAction action) {
        if (!action.isLiveResponse()) {
            return List.of();
        }
        if (!action.hasEnded() || isWithoutCommands(action)) {
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
            // the API names no command of it; its end must not pass unnoticed
            action.outcome().ifPresent(outcome -> requests.add(new NewRequest(new ResultKey(tenant, action.id(), 0),
                    action.factsOf(new ActionCommand(0, "", null, null, null)), outcome)));
        }
        return requests;
    }

    /** It succeeded, so there is something to fetch, but the API does not say what; that must not end as delivered. */
    private static boolean isWithoutCommands(MachineAction action) {
        return action.commands().isEmpty() && action.outcome().isEmpty();
    }

    /**
     * Puts requests for its commands in place of the request for a whole action, once the action has ended. The commands are
     * committed first, and each is recorded once, so this may be interrupted anywhere and repeated.
     *
     * @return how the work on the request ends: done, or due again while the action runs
     * @throws LiveResponseException ACTION_NO_LIVE_RESPONSE and ACTION_NEVER_ENDED, if there will never be a result;
     *                               ACTION_ANSWER_UNREADABLE, if the action has ended without a command; LEDGER_UNAVAILABLE
     */
    public WorkEnd expand(@Variable(WorkerVariables.LEASE) RequestRecord request, @Body ActionPage answer) throws LiveResponseException {
        MachineAction action = only(request.key(), answer);
        if (!action.isLiveResponse()) {
            throw new LiveResponseException(FailureCode.ACTION_NO_LIVE_RESPONSE,
                    "the machine action " + request.key() + " is no live response, so it has no results");
        }
        if (!action.hasEnded()) {
            return contact.ask(() -> putOff(request, action));
        }
        if (isWithoutCommands(action)) {
            throw new LiveResponseException(FailureCode.ACTION_ANSWER_UNREADABLE,
                    "the machine action " + request.key() + " is " + action.status() + ", but the API names no command of it");
        }
        contact.ask(() -> ledger.intake().accept(requests(request.key().tenant(), action).iterator()));
        return WorkEnd.DONE;
    }

    /**
     * Looks for the reason why the API has no result of a command.
     *
     * @return due again, while the action runs, or with a result, if there will never be one to fetch; null if the failure stands
     * @throws LiveResponseException ACTION_NEVER_ENDED; ACTION_ANSWER_UNREADABLE if the API answers with another action; LEDGER_UNAVAILABLE
     */
    public WorkEnd explain(@Variable(WorkerVariables.LEASE) RequestRecord request, @Body ActionPage answer, Exchange exchange)
            throws LiveResponseException {
        MachineAction action = only(request.key(), answer);
        exchange.setVariable(WorkerVariables.ACTION_UPDATED, action.updatedAt());
        return contact.ask(() -> explained(request, action));
    }

    private WorkEnd explained(RequestRecord request, MachineAction action) throws LiveResponseException {
        Optional<ActionCommand> command = action.command(request.key().commandIndex());
        if (!action.isLiveResponse() || command.isEmpty() || !command.get().canHaveResult()) {
            return null;
        }
        ledger.settlement().described(request.key(), owner, action.factsOf(command.get()));
        if (!action.hasEnded()) {
            return putOff(request, action);
        }
        Optional<Outcome> outcome = action.outcomeWithoutRun(command.get())
                .or(() -> command.get().failed() ? action.outcome() : Optional.empty());
        if (outcome.isEmpty()) {
            return null;
        }
        if (mayLag(action)) {
            return WorkEnd.again(period, "the action ended only now");
        }
        ledger.settlement().fetched(request.key(), owner,
                new FetchedFacts(outcome.get(), null, command.get().scriptName(), null, null, null, null, null));
        return WorkEnd.again(Duration.ZERO, "the action is " + action.status());
    }

    /** What the API has said of the request's action before, if it names the command; else null. */
    public ActionPage known(@Variable(WorkerVariables.LEASE) RequestRecord record) {
        ActionPage answer = known.get(nameOf(record.key()));
        return answer == null || answer.actions().get(0).command(record.key().commandIndex()).isEmpty() ? null : answer;
    }

    private static String nameOf(ResultKey key) {
        return key.tenant() + "/" + key.machineActionId();
    }

    /**
     * The same request with what the API says of its action, written down too; as it came where the API knows no such command.
     *
     * @throws LiveResponseException ACTION_ANSWER_UNREADABLE where the API speaks of another action; LEDGER_UNAVAILABLE
     */
    public Request describe(@Variable(WorkerVariables.LEASE) RequestRecord record, @Variable(FetchVariables.REQUEST) Request request,
            @Body ActionPage answer) throws LiveResponseException {
        MachineAction action = only(record.key(), answer);
        known.put(nameOf(record.key()), new ActionPage(List.of(action), 1, null));
        Optional<ActionFacts> facts = action.command(record.key().commandIndex()).map(action::factsOf);
        if (facts.isEmpty()) {
            return request;
        }
        contact.ask(() -> ledger.settlement().described(record.key(), owner, facts.get()));
        return new Request(request.tenant(), request.machineActionId(), request.commandIndex(), facts.get());
    }

    private WorkEnd putOff(RequestRecord request, MachineAction action) throws LiveResponseException {
        Instant now = clock.instant();
        Instant began = action.createdAt() == null ? request.acceptedAt() : action.createdAt();
        if (now.isAfter(began.plus(giveUp)) && now.isAfter(request.acceptedAt().plus(giveUp))) {
            throw new LiveResponseException(FailureCode.ACTION_NEVER_ENDED, "the machine action " + request.key() + " is still "
                    + action.status() + " after " + giveUp.toHours() + " h (live-response.action.give-up)");
        }
        return WorkEnd.again(wait(Duration.between(began, now)), "the action is " + action.status());
    }

    private boolean mayLag(MachineAction action) {
        return action.updatedAt() != null && clock.instant().isBefore(action.updatedAt().plus(RESULT_MAY_LAG));
    }

    private Duration wait(Duration age) {
        Duration part = age.dividedBy(PARTS_OF_AGE);
        Duration capped = part.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : part;
        return capped.compareTo(period) < 0 ? period : capped;
    }

    private MachineAction only(ResultKey key, ActionPage answer) throws LiveResponseException {
        peers.served(Peers.ofTenant(Stage.ACTION, key.tenant()));
        return answer.actions().stream().filter(action -> action.id().equalsIgnoreCase(key.machineActionId())).findFirst()
                .orElseThrow(() -> new LiveResponseException(FailureCode.ACTION_ANSWER_UNREADABLE,
                        "the API answers with another action than " + key));
    }
}
