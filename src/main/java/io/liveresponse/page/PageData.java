package io.liveresponse.page;

import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.model.ResultKey;
import io.liveresponse.page.View.Flow;
import io.liveresponse.page.View.Overview;
import io.liveresponse.page.View.RequestDetail;
import io.liveresponse.page.View.RequestRow;
import io.liveresponse.page.View.RunDetail;
import io.liveresponse.page.View.RunRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the page shows and can do. Implementations are thread-safe and may block: the page calls them on worker threads.
 * A method throws {@link org.springframework.dao.DataAccessException} if the ledger does not answer; the page then says so.
 */
public interface PageData {

    Overview overview();

    /**
     * Requests, newest first.
     *
     * @param before the {@code acceptedNo} of the last row seen, or null for the newest
     * @param max    at least 1
     */
    List<RequestRow> requests(RequestFilter filter, Long before, int max);

    /** Empty if the ledger has no such request. */
    Optional<RequestDetail> request(ResultKey key);

    /** The file that the file sink wrote; empty if there is none on this machine. */
    Optional<Path> file(ResultKey key, String sink);

    /** @param fetch true to forget what was fetched and call Defender again */
    ReplayAnswer replay(ResultKey key, boolean fetch);

    /** The sinks to which the router of the running context would send the kept result; empty if there is nothing to route. */
    Optional<List<String>> dryRun(ResultKey key);

    /** The newest runs first. */
    List<RunRow> runs(int max);

    /** Empty if the ledger has no such run. */
    Optional<RunDetail> run(String id);

    /** Asks for a run to be cancelled; false if there is none that can be. */
    boolean cancelRun(String id);

    /** The routes of the running context. */
    Flow flow();
}
