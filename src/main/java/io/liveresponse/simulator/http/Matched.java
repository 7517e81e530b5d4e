package io.liveresponse.simulator.http;

import io.liveresponse.model.ResultKey;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A request that an endpoint has recognised.
 *
 * @param tenant  the tenant's name, or null
 * @param key     the result it is about, or null
 * @param subject what else it is about, or null: a machine id, an action id, a library file's name
 * @param gate    what comes before any scripted fault (bearer, quota): a refusal, or empty
 * @param answer  the answer, given the fault that is laid over it
 */
public record Matched(
        EndpointKind kind, String tenant, ResultKey key, String subject, Supplier<Optional<Reply>> gate,
        Function<Fault, Reply> answer) {

    public Matched(
            EndpointKind kind, String tenant, ResultKey key, Supplier<Optional<Reply>> gate, Function<Fault, Reply> answer) {
        this(kind, tenant, key, null, gate, answer);
    }

    public static Matched open(EndpointKind kind, String tenant, ResultKey key, Supplier<Reply> answer) {
        return new Matched(kind, tenant, key, null, Optional::empty, fault -> answer.get());
    }
}
