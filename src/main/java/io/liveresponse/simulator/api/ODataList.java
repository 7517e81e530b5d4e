package io.liveresponse.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Reply;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A list call with {@code $filter}, {@code $top}, {@code $skip} and pages. Immutable. */
final class ODataList {

    private static final Set<String> OPTIONS = Set.of("$filter", "$top", "$skip");
    private static final int MOST = 10_000;

    private final Supplier<URI> apiUrl;
    private final String path;
    private final String entity;
    private final ODataFilter.Fields fields;
    private final int pageSize;

    /** @param entity the name in the context, e.g. {@code MachineActions} */
    ODataList(Supplier<URI> apiUrl, String path, String entity, ODataFilter.Fields fields, int pageSize) {
        this.apiUrl = apiUrl;
        this.path = path;
        this.entity = entity;
        this.fields = fields;
        this.pageSize = pageSize;
    }

    /** @param all asked only if the query is good */
    Reply answer(MultiMap params, Supplier<List<ObjectNode>> all) {
        try {
            for (String option : params.names()) {
                if (!OPTIONS.contains(option)) {
                    throw new ODataFilter.UnsupportedException("The query option '" + option + "' is not supported.");
                }
            }
            String filter = params.get("$filter");
            int skip = number(params, "$skip", 0, Integer.MAX_VALUE);
            int top = number(params, "$top", MOST, MOST);
            Predicate<ObjectNode> wanted = filter == null ? item -> true : ODataFilter.parse(filter, fields);
            return page(all.get().stream().filter(wanted).toList(), filter, skip, top, params.contains("$top"));
        } catch (ODataFilter.UnsupportedException e) {
            return ErrorBodies.api(400, "BadRequest", e.getMessage());
        }
    }

    private Reply page(List<ObjectNode> found, String filter, int skip, int top, boolean topGiven) {
        int size = Math.min(top, pageSize);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("@odata.context", apiUrl.get() + "/api/$metadata#" + entity);
        ArrayNode value = json.putArray("value");
        found.stream().skip(skip).limit(size).forEach(value::add);
        boolean more = found.size() - skip > size;
        if (more && (!topGiven || top > size)) {
            json.put("@odata.nextLink", nextLink(filter, skip + size, topGiven ? top - size : 0));
        }
        return Reply.json(200, json);
    }

    private String nextLink(String filter, int skip, int top) {
        return apiUrl.get() + path + "?"
                + (filter == null ? "" : "$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20") + "&")
                + (top > 0 ? "$top=" + top + "&" : "") + "$skip=" + skip;
    }

    private static int number(MultiMap params, String name, int missing, int most) throws ODataFilter.UnsupportedException {
        String text = params.get(name);
        if (text == null) {
            return missing;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            throw new ODataFilter.UnsupportedException("The value of '" + name + "' must be a whole number from 0 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
