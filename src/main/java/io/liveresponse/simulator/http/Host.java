package io.liveresponse.simulator.http;

/** The server that a request reached. */
public enum Host {
    /** The sign-in service. */
    AUTHORITY,
    /** The Defender API. */
    API,
    /** The blob store. */
    BLOB,
    /** The ticket systems. */
    TICKET,
    /** Splunk, Sentinel and Elasticsearch. */
    SINK,
    /** The journal over HTTP; its own calls are not in the journal. */
    JOURNAL
}
