package io.liveresponse.model;

/** What a sink can be given: the result of a command, or the table of a run. */
public interface Deliverable {

    /** Not null. */
    ResultKey key();
}
