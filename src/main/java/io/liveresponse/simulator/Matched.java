package io.liveresponse.simulator;

import io.liveresponse.model.ResultKey;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request that an endpoint has recognised.
 *
 * @param tenant the tenant's name, or null
 * @param key    the result it is about, or null
 * @param gate   what comes before any scripted fault (bearer, quota): a refusal, or empty
 * @param answer the answer, given the fault that is laid over it
 */
record Matched(
        EndpointKind kind, String tenant, ResultKey key, Supplier<Optional<Reply>> gate, Function<Fault, Reply> answer) {

    static Matched open(EndpointKind kind, String tenant, ResultKey key, Supplier<Reply> answer) {
        return new Matched(kind, tenant, key, Optional::empty, fault -> answer.get());
    }
}
