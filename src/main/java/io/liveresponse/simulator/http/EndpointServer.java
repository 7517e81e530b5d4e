package io.liveresponse.simulator.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP/1.1 server with its endpoints: finds the endpoint, replaces its answer by a fault, records the call. */
public final class EndpointServer {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointServer.class);
    private static final int LONGEST_LINE = 1 << 16;

    private final Host host;
    private final Clock clock;
    private final Journal journal;
    private final Faults faults;
    private final List<Endpoint> endpoints;
    private final ReplyWriter writer;

    public EndpointServer(Host host, Clock clock, Journal journal, Faults faults, List<Endpoint> endpoints, ReplyWriter writer) {
        this.host = host;
        this.clock = clock;
        this.journal = journal;
        this.faults = faults;
        this.endpoints = endpoints;
        this.writer = writer;
    }

    /** Starts it and waits until it listens. @return the port */
    public int start(Vertx vertx, HttpServerOptions options) {
        options.setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_LINE)
                .setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true);
        HttpServer server = vertx.createHttpServer(options).requestHandler(this::receive).invalidRequestHandler(this::receiveInvalid);
        return server.listen().toCompletionStage().toCompletableFuture().join().actualPort();
    }

    private void receive(HttpServerRequest request) {
        Instant arrival = clock.instant();
        request.body().onSuccess(body -> handle(request, arrival,
                new Incoming(request.method().name(), request.uri(), request.headers(), request.params(), body)));
    }

    private void receiveInvalid(HttpServerRequest request) {
        Reply reply = ErrorBodies.api(400, "BadRequest", "The request is malformed.");
        enter(request, clock.instant(), unknown(reply), reply.status(), reply.code());
        writer.write(request, reply.with(Map.of("Connection", "close")), Fault.NONE);
    }

    private void handle(HttpServerRequest request, Instant arrival, Incoming incoming) {
        Matched matched = endpoints.stream().map(endpoint -> endpoint.match(incoming)).flatMap(Optional::stream).findFirst()
                .orElseGet(() -> unknown(ErrorBodies.api(404, "NotFound", "Nothing is here.")));
        Reply reply;
        Fault fault = Fault.NONE;
        try {
            Optional<Reply> refused = matched.gate().get();
            if (refused.isEmpty()) {
                fault = faults.take(matched);
            }
            reply = refused.isPresent() ? refused.get() : answer(matched, fault);
        } catch (RuntimeException e) {
            LOG.error("The simulator failed at a {} request", matched.kind(), e);
            reply = ErrorBodies.api(500, "InternalServerError", "The simulator failed; its log says why.");
        }
        enter(request, arrival, matched, fault.leavesUnanswered() ? 0 : reply.status(), fault.leavesUnanswered() ? null : reply.code());
        writer.write(request, reply, fault);
    }

    private static Reply answer(Matched matched, Fault fault) {
        if (!fault.replacesAnswer()) {
            Reply done = matched.answer().apply(fault);
            if (fault.effect() != Fault.Effect.COMMIT_AND_ANSWER) {
                return done.with(fault.headers());
            }
        }
        if (fault.code() != null) {
            return ErrorBodies.api(fault.status(), fault.code(), fault.body()).with(fault.headers());
        }
        Reply reply = ErrorBodies.forStatus(matched.kind(), fault.status());
        Reply scripted = fault.body() == null ? reply : new Reply(fault.status(), Map.of(), BytesBody.of(fault.body()));
        return scripted.with(fault.headers());
    }

    private void enter(HttpServerRequest request, Instant arrival, Matched matched, int status, String code) {
        // Copied, since the request's own entries may change after the answer.
        List<Map.Entry<String, String>> headers = request.headers().entries().stream()
                .map(header -> Map.entry(header.getKey(), header.getValue())).toList();
        journal.add(
                new Call(host, matched.kind(), matched.tenant(), matched.key(), matched.subject(), request.method().name(), request.uri(),
                        headers, arrival, status, code));
    }

    private static Matched unknown(Reply reply) {
        return Matched.open(EndpointKind.UNEXPECTED, null, null, () -> reply);
    }
}
