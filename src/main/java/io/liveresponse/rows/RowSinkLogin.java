package io.liveresponse.rows;

import io.liveresponse.fetch.token.CachedToken;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.util.function.Suppliers;

/** Sets the login headers of the row sink that is called; the caller removes them after the call. Thread-safe. */
public final class RowSinkLogin implements Processor {

    private static final String SCHEME = "Bearer ";

    private final Settings settings;
    private final Supplier<CachedToken> sentinel;
    private final String channel;

    /**
     * @param sentinel the token for the Logs Ingestion API; asked for once, when it is needed
     * @param channel  Splunk's acknowledgement channel of this process, a GUID
     */
    public RowSinkLogin(Settings settings, Supplier<CachedToken> sentinel, String channel) {
        this.settings = settings;
        this.sentinel = Suppliers.memorize(sentinel);
        this.channel = channel;
    }

    /** @throws LiveResponseException if the sign-in host gives no token */
    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Message message = exchange.getMessage();
        RowBatch batch = SinkAnswers.batch(exchange);
        switch (batch == null ? "" : batch.feed()) {
            case "splunk" -> {
                message.setHeader("Authorization", "Splunk " + settings.text("live-response.rows.splunk.token"));
                message.setHeader("X-Splunk-Request-Channel", channel);
            }
            case "sentinel" -> message.setHeader("Authorization", SCHEME + sentinel.get().current());
            case "elastic" -> settings.find("live-response.rows.elastic.authorization")
                    .ifPresent(value -> message.setHeader("Authorization", value));
            default -> {
            }
        }
    }

    /** Says that Sentinel refused the current token, so that the next call has another. */
    void refused() throws LiveResponseException {
        sentinel.get().refused(sentinel.get().current());
    }
}
