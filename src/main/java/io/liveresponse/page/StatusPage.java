package io.liveresponse.page;

import io.liveresponse.ledger.ReplayAnswer;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status page: HTML for people, the same data as JSON under {@code /api}, live by server-sent events. It changes something
 * only by POST with the visitor's token. Thread-safe.
 */
public final class StatusPage {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPage.class);
    private static final int PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 500;
    private static final int FORM_LIMIT = 16 * 1024;
    private static final long LIVE_PERIOD = Duration.ofSeconds(2).toMillis();
    private static final String PATHS = "^/(?:|login|logout|flow|events|openapi\\.json|requests(?:/.*)?|runs(?:/.*)?|api/.*|static/.*)$";

    private final PageData data;
    private final PageAccess access;
    private final Clock clock;
    private final PageAnswers answers;

    /** @param key what a visitor from elsewhere has to know; empty if the page is for this machine alone */
    public StatusPage(PageData data, Optional<String> key, Clock clock) {
        this.data = data;
        this.access = new PageAccess(key, clock);
        this.answers = new PageAnswers(access);
        this.clock = clock;
    }

    /** Adds the page's paths to a server; leaves the server's other paths alone. */
    public void install(Router router) {
        router.postWithRegex(PATHS).handler(BodyHandler.create(false).setBodyLimit(FORM_LIMIT));
        router.routeWithRegex(PATHS).handler(access::check);
        router.get("/static/:name").handler(call -> PageAnswers.resource(call, call.pathParam("name")));
        router.get("/openapi.json").handler(call -> PageAnswers.resource(call, "openapi.json"));
        router.get("/login").handler(call -> answers.page(call, "login", 200, Map.of("blocked", access.isBlocked())));
        router.post("/login").handler(this::logIn);
        router.post("/logout").handler(call -> {
            access.logOut(call);
            PageAnswers.see(call, "/login");
        });
        router.get("/events").handler(this::events);
        blocking(router.get("/"), call -> {
            View.Overview overview = data.overview();
            long most = overview.outcomes().stream().mapToLong(View.OutcomeCount::results).max().orElse(1);
            answers.page(call, "overview", 200, Map.of("overview", overview, "outcomesMax", most));
        });
        blocking(router.get("/requests"), this::requests);
        blocking(router.get("/requests/:tenant/:action/:index"), this::request);
        blocking(router.post("/requests/:tenant/:action/:index/replay"), this::replay);
        blocking(router.post("/requests/:tenant/:action/:index/dry-run"), this::dryRun);
        blocking(router.get("/requests/:tenant/:action/:index/files/:sink"),
                call -> answers.found(call, data.file(key(call), call.pathParam("sink")), file -> PageAnswers.file(call, file)));
        blocking(router.get("/runs"), call -> answers.page(call, "runs", 200, Map.of("runs", data.runs(MAX_PAGE_SIZE))));
        blocking(router.get("/runs/:id"),
                call -> answers.found(call, data.run(call.pathParam("id")), run -> answers.page(call, "run", 200, Map.of("detail", run))));
        blocking(router.post("/runs/:id/cancel"), call -> {
            boolean cancelled = data.cancelRun(call.pathParam("id"));
            LOG.info("Run {}: {} from the status page", call.pathParam("id"), cancelled ? "cancelled" : "not cancelled, it has ended");
            PageAnswers.see(call, "/runs/" + call.pathParam("id"));
        });
        blocking(router.get("/flow"), call -> answers.page(call, "flow", 200, Map.of("flow", FlowDiagram.of(data.flow()))));
        blocking(router.get("/api/overview"), call -> answers.json(call, data.overview()));
        blocking(router.get("/api/requests"), call -> answers.json(call,
                data.requests(RequestQuery.of(call.queryParams(), clock.instant()).filter(), before(call), limit(call))));
        blocking(router.get("/api/requests/:tenant/:action/:index"),
                call -> answers.found(call, data.request(key(call)), detail -> answers.json(call, detail)));
        blocking(router.get("/api/runs"), call -> answers.json(call, data.runs(limit(call))));
        blocking(router.get("/api/runs/:id"), call -> answers.found(call, data.run(call.pathParam("id")), run -> answers.json(call, run)));
        blocking(router.get("/api/flow"), call -> answers.json(call, data.flow()));
        router.routeWithRegex(PATHS).handler(call -> answers.problem(call, 404, "There is no such page."));
    }

    private interface Action {
        void run(RoutingContext call);
    }

    private void blocking(Route route, Action action) {
        route.blockingHandler(call -> {
            try {
                action.run(call);
            } catch (IllegalArgumentException e) {
                answers.problem(call, 400, e.getMessage());
            } catch (RuntimeException e) {
                LOG.debug("{} failed", call.normalizedPath(), e);
                LOG.warn("The status page cannot answer {}: {}", call.normalizedPath(), e.getClass().getName());
                answers.problem(call, 503, "The ledger does not answer. See the log and the readiness check live-response-ledger.");
            }
        }, false);
    }

    private void requests(RoutingContext call) {
        RequestQuery query = RequestQuery.of(call.queryParams(), clock.instant());
        int limit = limit(call);
        List<View.RequestRow> found = data.requests(query.filter(), before(call), limit + 1);
        List<View.RequestRow> rows = found.subList(0, Math.min(limit, found.size()));
        Map<String, Object> model = new HashMap<>();
        model.put("rows", rows);
        model.put("given", query.given());
        model.put("states", options(Arrays.stream(RequestState.values()).map(RequestState::label).toList(), query.given().get("state")));
        model.put("outcomes", options(Arrays.stream(Outcome.values()).map(Outcome::label).toList(), query.given().get("outcome")));
        model.put("more", found.size() > limit ? "/requests?" + query.with("before", rows.get(rows.size() - 1).acceptedNo()) : "");
        answers.page(call, "requests", 200, model);
    }

    private record Choice(String value, boolean selected) {
    }

    private static List<Choice> options(List<String> values, String chosen) {
        return values.stream().map(value -> new Choice(value, value.equals(chosen))).toList();
    }

    private void request(RoutingContext call) {
        answers.found(call, data.request(key(call)), detail -> answers.page(call, "request", 200, Map.of("detail", detail,
                "replayable", !detail.request().state().equals(RequestState.CLAIMED.label()),
                "answer", Optional.ofNullable(call.queryParams().get("answer")).orElse(""))));
    }

    private void replay(RoutingContext call) {
        ResultKey key = key(call);
        ReplayAnswer answer = data.replay(key, "true".equals(call.request().getFormAttribute("fetch")));
        LOG.info("Replay of {} from the status page: {}", key, answer);
        PageAnswers.see(call, path(call) + "?answer=" + answer);
    }

    private void dryRun(RoutingContext call) {
        String answer = data.dryRun(key(call)).map(sinks -> sinks.isEmpty() ? "would-go-nowhere" : "would-go-to-" + String.join("+", sinks))
                .orElse("nothing-to-route");
        PageAnswers.see(call, path(call) + "?answer=" + answer);
    }

    private static String path(RoutingContext call) {
        return "/requests/" + call.pathParam("tenant") + "/" + call.pathParam("action") + "/" + call.pathParam("index");
    }

    /** @throws IllegalArgumentException if the path holds no request's key */
    private static ResultKey key(RoutingContext call) {
        String index = call.pathParam("index");
        return new ResultKey(call.pathParam("tenant"), call.pathParam("action"),
                index.equals("all") ? ResultKey.WHOLE_ACTION : Integer.parseInt(index));
    }

    private static Long before(RoutingContext call) {
        String before = call.queryParams().get("before");
        return before == null ? null : Long.valueOf(before);
    }

    private static int limit(RoutingContext call) {
        String limit = call.queryParams().get("limit");
        return limit == null ? PAGE_SIZE : Math.max(1, Math.min(MAX_PAGE_SIZE, Integer.parseInt(limit)));
    }

    private void logIn(RoutingContext call) {
        if (access.logIn(call, call.request().getFormAttribute("key"))) {
            PageAnswers.see(call, "/");
        } else {
            answers.page(call, "login", access.isBlocked() ? 429 : 403, Map.of("refused", true, "blocked", access.isBlocked()));
        }
    }

    /** The overview as JSON, every two seconds while the connection is open. */
    private void events(RoutingContext call) {
        HttpServerResponse response = call.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
        Vertx vertx = call.vertx();
        LongConsumer send = timer -> vertx.executeBlocking(() -> answers.json(data.overview()), false).onComplete(done -> {
            if (!response.closed()) {
                response.write(done.succeeded() ? "event: overview\ndata: " + done.result() + "\n\n" : "event: unavailable\ndata: {}\n\n");
            }
        });
        send.accept(0);
        long timer = vertx.setPeriodic(LIVE_PERIOD, send::accept);
        response.closeHandler(closed -> vertx.cancelTimer(timer));
        response.exceptionHandler(broken -> vertx.cancelTimer(timer));
    }
}
