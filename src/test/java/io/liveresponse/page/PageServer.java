package io.liveresponse.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Optional;

/** The page on a free port of this machine, with sample data. */
final class PageServer implements AutoCloseable {

    final SamplePageData data = new SamplePageData();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    PageServer(String key, Clock clock) {
        Router router = Router.router(vertx);
        new StatusPage(data, Optional.ofNullable(key), clock).install(router);
        server = vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    int port() {
        return server.actualPort();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
