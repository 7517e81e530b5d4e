package io.liveresponse.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.ResultJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How the page answers: as HTML, as JSON, with a fixed resource, or with the way to another page. Thread-safe. */
final class PageAnswers {

    private static final Map<String, String> TYPES = Map.of("style.css", "text/css; charset=utf-8", "live.js",
            "text/javascript; charset=utf-8", "openapi.json", "application/json");

    private final PageTemplates templates = new PageTemplates();
    private final ObjectMapper json = ResultJson.mapper();
    private final PageAccess access;

    PageAnswers(PageAccess access) {
        this.access = access;
    }

    <T> void found(RoutingContext call, Optional<T> found, Consumer<T> show) {
        found.ifPresentOrElse(show, () -> problem(call, 404, "The ledger has no such entry."));
    }

    void problem(RoutingContext call, int status, String text) {
        if (call.normalizedPath().startsWith("/api/")) {
            call.response().setStatusCode(status);
            json(call, Map.of("error", text));
        } else {
            page(call, "problem", status, Map.of("problem", text));
        }
    }

    void page(RoutingContext call, String name, int status, Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("token", access.token(call));
        all.put("loggedIn", access.isLoggedIn(call) && !name.equals("login"));
        all.put("at-" + name, true);
        all.put("title", name.equals("overview") ? "Overview" : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
        call.response().setStatusCode(status).putHeader("Content-Type", "text/html; charset=utf-8").end(templates.render(name, all));
    }

    void json(RoutingContext call, Object value) {
        call.response().putHeader("Content-Type", "application/json").end(json(value));
    }

    String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static void resource(RoutingContext call, String name) {
        String type = TYPES.get(name);
        if (type == null) {
            call.next();
        } else {
            call.response().putHeader("Content-Type", type).end(Buffer.buffer(PageTemplates.bytes(name)));
        }
    }

    /** A file of the file sink: always to be saved, never shown, since its content is a device's. */
    static void file(RoutingContext call, Path file) {
        call.response().putHeader("Content-Type", "application/octet-stream").putHeader("Content-Disposition",
                "attachment; filename=\"" + file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_") + "\"")
                .sendFile(file.toString());
    }

    /** After a change the browser gets a page by GET, so that a reload repeats nothing. */
    static void see(RoutingContext call, String path) {
        call.response().setStatusCode(303).putHeader("Location", path).end();
    }
}
