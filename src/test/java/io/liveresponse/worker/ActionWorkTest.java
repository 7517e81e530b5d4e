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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that stops answering while an action is worked on; a fault of any other name would make the request dead. */
class ActionWorkTest {

    private static final ResultKey KEY = new ResultKey("contoso", "5382f7ea-7557-4ab7-9782-d50480024a4e", 0);
    private static final ActionPage ANSWER = new ActionPage(List.of(new MachineAction(KEY.machineActionId(), "LiveResponse", "Failed", null, null,
            "id", "pc-1", "Eve", null, List.of(new ActionCommand(0, "Created", "RunScript", "a.ps1", null)))), 1, null);

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
        work = new ActionWork(ledger, new LedgerGuard(), new Peers(Clock.systemUTC()), "node", Duration.ofSeconds(1), Duration.ofDays(1), Clock.systemUTC());
        database.close();
    }

    @Test
    void isNamedWhereAnActionIsExpanded() {
        assertLedgerUnavailable(() -> work.expand(request, ANSWER));
    }

    @Test
    void isNamedWhereAMissingResultIsExplained() {
        assertLedgerUnavailable(() -> work.explain(request, ANSWER, new org.apache.camel.support.DefaultExchange(new org.apache.camel.impl.DefaultCamelContext())));
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
}
