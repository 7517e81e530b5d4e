package io.liveresponse.cli;

import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Which requests are meant. What is not given does not narrow them. */
final class FilterOptions {

    @Option(names = "--tenant", paramLabel = "NAME", description = "Of this tenant.")
    private String tenant;

    @Option(names = "--state", paramLabel = "STATE", description = "One of ${COMPLETION-CANDIDATES}, in upper or lower case.")
    private RequestState state;

    @Option(names = "--outcome", paramLabel = "OUTCOME", converter = OutcomeConverter.class,
            description = "Such as failed, integrity-failed or unreadable.")
    private Outcome outcome;

    @Option(names = "--script", paramLabel = "NAME", description = "The script's whole name, in upper or lower case.")
    private String script;

    @Option(names = "--device", paramLabel = "NAME", description = "The device's whole name or its id, in upper or lower case.")
    private String device;

    @Option(names = "--error", paramLabel = "CODE",
            description = "Dead-lettered with this code, such as LINK_FORBIDDEN; --since and --until then mean when it was dead-lettered.")
    private FailureCode error;

    @Option(names = "--run", paramLabel = "ID", description = "Of the actions that this run started.")
    private String run;

    @Option(names = "--since", paramLabel = "TIME", converter = TimeConverter.class,
            description = "Accepted then or later: a time, a day in UTC, or how long ago, such as 24h or 7d.")
    private Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = TimeConverter.class, description = "Accepted before; likewise.")
    private Instant until;

    RequestFilter filter() {
        RequestState stands = state == null && error != null ? RequestState.DEAD : state;
        return new RequestFilter(tenant, stands, outcome, script, device, since, until, run, error);
    }

    /** The run that the requests must belong to; null if none is given. */
    String run() {
        return run;
    }

    /** Whether it names requests that failed in one way, which is narrow enough to replay all of them. */
    boolean namesAnError() {
        return error != null;
    }

    boolean isGiven() {
        return !filter().equals(RequestFilter.ALL);
    }
}
