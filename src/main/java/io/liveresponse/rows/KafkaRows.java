package io.liveresponse.rows;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** Kafka records of a batch, each with the row's id as key. Thread-safe. */
public final class KafkaRows {

    private static final String KEY = "kafka.KEY";

    /** What camel-kafka sends at once, and then waits for. */
    public List<Message> records(RowBatch batch, Exchange exchange) {
        return batch.rows().stream().<Message>map(row -> {
            DefaultMessage message = new DefaultMessage(exchange.getContext());
            message.setBody(row.json());
            message.setHeader(KEY, row.rowId());
            return message;
        }).toList();
    }
}
