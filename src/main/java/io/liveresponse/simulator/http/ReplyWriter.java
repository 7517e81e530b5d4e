package io.liveresponse.simulator.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicLong;

/** Sends an answer, or does with it what the fault says. Runs on the request's event loop only. */
public final class ReplyWriter {

    private static final int PIECE = 1 << 17;

    private final Vertx vertx;

    public ReplyWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    void write(HttpServerRequest request, Reply reply, Fault fault) {
        HttpServerResponse response = request.response();
        switch (fault.effect()) {
            case HOLD, COMMIT_AND_HOLD -> {
            }
            case RESET -> reset(request);
            case CLOSE, COMMIT_AND_CLOSE -> request.connection().close();
            case DELAY -> vertx.setTimer(Math.max(1, fault.pause().toMillis()), timer -> send(response, reply));
            case CUT -> {
                head(response, reply);
                pump(response, reply.body(), 0, Math.min(fault.bytes(), reply.body().length()), () -> cutOff(request));
            }
            case DRIP -> {
                head(response, reply);
                drip(response, reply.body(), fault);
            }
            case ENDLESS -> {
                Reply endless = new Reply(reply.status(), reply.headers(), new EndlessBody(reply.body()));
                if (fault.pause().isZero()) {
                    send(response, endless);
                } else {
                    head(response, endless);
                    drip(response, endless.body(), fault);
                }
            }
            default -> send(response, reply);
        }
    }

    private void send(HttpServerResponse response, Reply reply) {
        if (!response.closed()) {
            head(response, reply);
            pump(response, reply.body(), 0, reply.body().length(), response::end);
        }
    }

    private static void head(HttpServerResponse response, Reply reply) {
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (reply.body().length() == Body.ENDLESS) {
            response.setChunked(true);
        } else if (!response.headers().contains("Content-Length") && !response.headers().contains("Transfer-Encoding")) {
            response.putHeader("Content-Length", Long.toString(reply.body().length()));
        }
    }

    /**
     * Sends piece after piece, the next when the last has left. The queue's own limit will not do: what waits to be encrypted
     * is not counted in it.
     */
    private void pump(HttpServerResponse response, Body body, long offset, long end, Runnable then) {
        if (response.closed()) {
            return;
        }
        if (offset >= end) {
            then.run();
            return;
        }
        Buffer piece = body.read(offset, (int) Math.min(PIECE, end - offset));
        long next = offset + piece.length();
        response.write(piece).onSuccess(sent -> vertx.runOnContext(turn -> pump(response, body, next, end, then)));
    }

    /** Closes once what was written has left; an empty piece makes sure that the head has. */
    private static void cutOff(HttpServerRequest request) {
        request.response().write(Buffer.buffer()).onComplete(written -> request.connection().close());
    }

    private void drip(HttpServerResponse response, Body body, Fault fault) {
        AtomicLong offset = new AtomicLong();
        vertx.setPeriodic(Math.max(1, fault.pause().toMillis()), timer -> {
            if (response.closed() || offset.get() >= body.length()) {
                vertx.cancelTimer(timer);
                if (!response.closed()) {
                    response.end();
                }
                return;
            }
            response.write(body.read(offset.getAndIncrement(), 1));
        });
    }

    /** A reset and not a close: no lingering, and past the TLS layer, which would say goodbye first. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void reset(HttpServerRequest request) {
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.pipeline().firstContext().close();
    }
}
