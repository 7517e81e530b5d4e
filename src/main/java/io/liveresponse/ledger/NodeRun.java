package io.liveresponse.ledger;

import java.util.UUID;

/**
 * One run of one node: the owner of leases. A node is a data directory's identity, which a copy of the directory shares, and a
 * run is one process that works under it.
 *
 * @param node at most 64 characters, without the separator; not null
 * @param run  differs from that of every other run; without the separator; not null
 */
public record NodeRun(String node, String run) {

    static final char SEPARATOR = '/';

    public NodeRun {
        if (node.indexOf(SEPARATOR) >= 0 || run.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("the names of a node and its run must hold no " + SEPARATOR + ": " + node + ", " + run);
        }
    }

    /** A new run of the node. */
    public static NodeRun of(String node) {
        return new NodeRun(node, UUID.randomUUID().toString());
    }

    /** The name under which this run holds leases. */
    public String owner() {
        return node + SEPARATOR + run;
    }
}
