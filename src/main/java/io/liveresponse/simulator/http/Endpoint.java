package io.liveresponse.simulator.http;

import java.util.Optional;

/** One kind of request that a server answers. A further ticket system is one more of these in the ticket system's list. */
public interface Endpoint {

    /** What the request is, or empty if it is none of this endpoint's. Has no effect beyond the recognition. */
    Optional<Matched> match(Incoming request);
}
