package io.liveresponse.worker;

import io.liveresponse.fetch.ActionList;
import io.liveresponse.fetch.ActionPage;
import io.liveresponse.ledger.AcceptanceCount;
import io.liveresponse.ledger.RequestIntake;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through a tenant's list of actions, page by page. What it has seen before it knows from the ledger alone, so each walk
 * goes through the whole window. Thread-safe; keeps no more than a page.
 */
public final class Discovery {

    private static final String LIST = "liveResponseActionList";
    private static final String SEEN = "liveResponseActionsSeen";
    private static final String PAGE = "liveResponsePage";
    /** More than any tenant has; against a list that never ends. */
    private static final int MOST_ENTRIES = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final RequestIntake intake;
    private final Settings settings;
    private final Clock clock;

    public Discovery(RequestIntake intake, Settings settings, Clock clock) {
        this.intake = intake;
        this.settings = settings;
        this.clock = clock;
    }

    /** Makes the first page's address the one to ask for. */
    public void begin(@Body String tenant, Exchange exchange) {
        Duration lookback = settings.duration("live-response.intake.discovery.lookback");
        ActionList list = new ActionList(settings.tenant(tenant).apiUrl(), clock.instant().minus(lookback));
        exchange.setVariable("liveResponseKey", new ResultKey(tenant, "machineactions", ResultKey.WHOLE_ACTION));
        exchange.setVariable(LIST, list);
        exchange.setVariable(SEEN, 0);
        exchange.setVariable(PAGE, path(list, list.page(0)));
    }

    /** Records what the page holds, in the ledger, and makes the next page's address the one to ask for, or null. */
    public void take(@Body ActionPage page, @Variable("liveResponseKey") ResultKey key, @Variable(LIST) ActionList list,
            @Variable(SEEN) int before, Exchange exchange) {
        AcceptanceCount count = intake.accept(page.actions().stream()
                .flatMap(action -> ActionWork.requests(key.tenant(), action).stream()).iterator());
        int seen = before + page.entries();
        LOG.debug("{}: {} new requests from {} actions", key.tenant(), count.fresh(), page.entries());
        exchange.setVariable(SEEN, seen);
        exchange.setVariable(PAGE, seen > MOST_ENTRIES ? null : list.next(page, seen).map(next -> path(list, next)).orElse(null));
    }

    /** The address without the API's base, which every page shares: see {@link ActionList#next}. */
    private static String path(ActionList list, String address) {
        return address.substring(list.apiUrl().length());
    }

    /** The walk ended early; the next one starts anew and misses nothing, as far as the look-back reaches. */
    public void failed(@ExchangeException Exception thrown, @Variable("liveResponseKey") ResultKey key) {
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        LOG.warn("discovery of {} stopped early and starts anew in {}: {}", key == null ? "a tenant" : key.tenant(),
                settings.text("live-response.intake.discovery.period"),
                named == null ? thrown.getClass().getName() : named.getCode() + ": " + named.getMessage());
    }
}
