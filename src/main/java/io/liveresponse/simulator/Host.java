package io.liveresponse.simulator;

/** The server that a request reached. */
public enum Host {
    /** The sign-in service. */
    AUTHORITY,
    /** The Defender API. */
    API,
    /** The blob store. */
    BLOB,
    /** The ticket desk. */
    DESK
}
