package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bulk API of Elasticsearch and OpenSearch, with the row's id as the document's, so that a repeated row replaces itself. Thread-safe. */
public final class ElasticRows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final RowFeed feed;

    public ElasticRows(Settings settings, RowFeed feed) {
        this.settings = settings;
        this.feed = feed;
    }

    /** The batch as lines of action and document. */
    public String bulk(RowBatch batch) throws JsonProcessingException {
        String index = settings.text("live-response.rows.elastic.index");
        StringBuilder lines = new StringBuilder();
        for (RowLine row : batch.rows()) {
            lines.append(JSON.writeValueAsString(Map.of("index", Map.of("_index", index, "_id", row.rowId())))).append('\n')
                    .append(row.json()).append('\n');
        }
        return lines.toString();
    }

    /**
     * Reads the cluster's answer: a document that it refuses (status 400) is kept as a reject, and the others count.
     *
     * @throws RowSinkException if the cluster does not take the batch, or not all of it for now: then all of it is sent again, which
     *                          changes nothing for the documents that are there
     */
    public void accepted(Exchange exchange) throws RowSinkException, IOException {
        RowBatch batch = SinkAnswers.batch(exchange);
        int status = SinkAnswers.status(exchange);
        JsonNode answer = SinkAnswers.json(exchange);
        if (status == 413) {
            throw RowSinkException.refused(SinkAnswers.told(exchange), batch);
        }
        JsonNode items = answer.path("items");
        if (status != 200 || items.size() != batch.rows().size()) {
            throw RowSinkException.passing(SinkAnswers.told(exchange));
        }
        for (JsonNode item : items) {
            int each = item.path("index").path("status").asInt();
            if (each != 400 && (each < 200 || each > 299)) {
                throw RowSinkException
                        .passing("it answers " + each + " for a document: " + item.path("index").path("error").path("type").asText());
            }
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("index").path("status").asInt() == 400) {
                JsonNode error = items.get(i).path("index").path("error");
                feed.reject(batch.feed(), batch.rows().get(i), error.path("type").asText() + ": " + error.path("reason").asText());
            }
        }
    }
}
