package io.liveresponse.runs;

/** The exchange variables of the routes of runs. */
public final class RunVariables {

    /** The {@link io.liveresponse.ledger.RunDevice} being started, also as {@code liveResponseLease}: nothing is retried in place. */
    public static final String DEVICE = "liveResponseLease";
    /** The {@link RunDraft} being prepared. */
    public static final String DRAFT = "liveResponseRunDraft";
    /** The {@link RunWalk} through a tenant's list of actions. */
    public static final String WALK = "liveResponseRunWalk";
    /** The path of the next page, null after the last. */
    public static final String PAGE = "liveResponsePage";

    private RunVariables() {
    }
}
