package io.liveresponse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.fetch.ActionCommand;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.fetch.MachineAction;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that stops answering while an action is worked on; a fault of any other name would make the request dead. */
@Tag("integration")
class ActionWorkTest {

    private static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);
    private static final ActionPage ANSWER = new ActionPage(
            List.of(new MachineAction(KEY.machineActionId(), "LiveResponse", "Failed", null, null,
                    "id", "pc-1", "Eve", null, List.of(new ActionCommand(0, "Created", "RunScript", "a.ps1", null)))),
            1, null);

    @TempDir
    Path directory;

    private RequestRecord request;
    private ActionWork work;

    @BeforeEach
    void acceptAndLoseTheLedger() {
        LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(directory));
        Ledger ledger = new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
        ledger.intake().accept(NewRequest.of(KEY));
        request = ledger.queue().claim("node", Duration.ofMinutes(1), 1).get(0);
        work = new ActionWork(ledger, new LedgerGuard(), new Peers(Clock.systemUTC()), "node", Duration.ofSeconds(1), Duration.ofDays(1),
                Clock.systemUTC());
        database.close();
    }

    @Test
    void isNamedWhereAnActionIsExpanded() {
        assertLedgerUnavailable(() -> work.expand(request, ANSWER));
    }

    @Test
    void isNamedWhereAMissingResultIsExplained() {
        assertLedgerUnavailable(() -> work.explain(request, ANSWER,
                new org.apache.camel.support.DefaultExchange(new org.apache.camel.impl.DefaultCamelContext())));
    }

    @Test
    void isNamedWhereARequestIsDescribed() throws Exception {
        Request asked = Request.of(KEY.tenant(), KEY.machineActionId(), KEY.commandIndex(), request.action());

        assertLedgerUnavailable(() -> work.describe(request, asked, ANSWER));
    }

    private static void assertLedgerUnavailable(ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOfSatisfying(LiveResponseException.class,
                failure -> assertThat(failure.getCode()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE));
    }

    @Test
    void a_pending_command_of_a_cancelled_action_did_not_run() {
        assertThat(ActionWork.requests("contoso", action("Cancelled", new ActionCommand(0, "Pending", "RunScript", "a.ps1", null))))
                .extracting(NewRequest::outcome).containsExactly(Outcome.ACTION_CANCELLED);
    }

    @Test
    void an_action_that_succeeded_without_commands_is_not_taken_for_delivered() {
        MachineAction action = action("Succeeded");
        RequestRecord whole = new RequestRecord(1, new ResultKey("contoso", KEY.machineActionId(), ResultKey.WHOLE_ACTION), request.state(),
                0,
                request.acceptedAt(), null, null, "node", null, request.action(), null, null, 1);

        assertThat(ActionWork.requests("contoso", action)).extracting(NewRequest::key).containsExactly(whole.key());
        assertThatThrownBy(() -> work.expand(whole, new ActionPage(List.of(action), 1, null))).isInstanceOfSatisfying(
                LiveResponseException.class,
                failure -> assertThat(failure.getCode()).isEqualTo(FailureCode.ACTION_ANSWER_UNREADABLE));
    }

    private static MachineAction action(String status, ActionCommand... commands) {
        return new MachineAction(KEY.machineActionId(), "LiveResponse", status, null, null, "id", "pc-1", "Eve", null, List.of(commands));
    }
}
