package io.liveresponse.worker;

import io.liveresponse.fetch.ActionList;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.ledger.AcceptanceCount;
import io.liveresponse.ledger.RequestIntake;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through a tenant's list of actions, page by page. Each walk covers the whole window, since only the ledger knows which
 * actions are new. Logs once when the walks of a tenant begin to fail and once when one succeeds again. Thread-safe; keeps no more
 * than a page.
 */
public final class Discovery {

    private static final String LIST = "liveResponseActionList";
    private static final String SEEN = "liveResponseActionsSeen";
    private static final String PAGE = "liveResponsePage";
    /** More than any tenant has; ends a list that never ends by itself. */
    private static final int MOST_ENTRIES = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final RequestIntake intake;
    private final LedgerGuard contact;
    private final Settings settings;
    private final Clock clock;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    Discovery(RequestIntake intake, LedgerGuard contact, Settings settings, Clock clock) {
        this.intake = intake;
        this.contact = contact;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Sets the address of the first page.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public void begin(@Body String tenant, Exchange exchange) throws LiveResponseException {
        exchange.setVariable("liveResponseKey", new ResultKey(tenant, "machineactions", ResultKey.WHOLE_ACTION));
        Duration lookback = settings.duration("live-response.intake.discovery.lookback");
        ActionList list = new ActionList(settings.tenant(tenant).apiBase(), contact.ask(clock::instant).minus(lookback));
        exchange.setVariable(LIST, list);
        exchange.setVariable(SEEN, 0);
        exchange.setVariable(PAGE, path(list, list.page(0)));
    }

    /**
     * Records the actions of a page in the ledger and sets the address of the next page, null after the last.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public void take(@Body ActionPage page, @Variable("liveResponseKey") ResultKey key, @Variable(LIST) ActionList list,
            @Variable(SEEN) int before, Exchange exchange) throws LiveResponseException {
        AcceptanceCount count = contact.ask(() -> intake.accept(page.actions().stream()
                .flatMap(action -> ActionWork.requests(key.tenant(), action).stream()).iterator()));
        int seen = before + page.entries();
        LOG.debug("{}: {} new requests from {} actions", key.tenant(), count.fresh(), page.entries());
        exchange.setVariable(SEEN, seen);
        Optional<String> next = list.next(page, seen).filter(address -> seen <= MOST_ENTRIES).map(address -> path(list, address));
        exchange.setVariable(PAGE, next.orElse(null));
        if (next.isEmpty() && failing.remove(key.tenant())) {
            LOG.info("discovery of {} works again", key.tenant());
        }
    }

    /** The address without the API's base, which every page shares: see {@link ActionList#next}. */
    private static String path(ActionList list, String address) {
        return address.substring(list.apiBase().length());
    }

    /** A walk ended early. The next one covers the same window, so nothing is missed unless walks fail for longer than that. */
    public void failed(@ExchangeException Exception thrown, @Variable("liveResponseKey") ResultKey key) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        String reason = named == null ? thrown.getClass().getName() : named.getCode() + ": " + named.getMessage();
        boolean toldByTheLedger = named != null && named.getCode() == FailureCode.LEDGER_UNAVAILABLE;
        if (toldByTheLedger || !failing.add(key.tenant())) {
            LOG.debug("discovery of {} fails: {}", key.tenant(), reason);
        } else {
            LOG.warn("discovery of {} fails, and is retried every {} until it works: {}", key.tenant(),
                    settings.text("live-response.intake.discovery.period"), reason);
        }
    }
}
