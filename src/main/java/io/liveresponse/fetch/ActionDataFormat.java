package io.liveresponse.fetch;

import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/** Unmarshals the API's answer about machine actions to an {@link ActionPage}, entry by entry. Stateless. */
public final class ActionDataFormat extends ServiceSupport implements DataFormat {

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("machine actions are only read");
    }

    /** @throws LiveResponseException ACTION_ANSWER_UNREADABLE; no part of the answer is quoted */
    @Override
    public ActionPage unmarshal(Exchange exchange, InputStream stream) throws LiveResponseException, IOException {
        return ActionReader.read(stream);
    }
}
