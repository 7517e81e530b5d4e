package io.liveresponse.rows;

import io.liveresponse.model.Result;
import io.liveresponse.transcript.TranscriptReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The data format {@code liveResponseRows}: unmarshals a result into its {@link RowStream}, which reads the script's output as it is
 * iterated, from the whole blob and in memory that does not grow with it. Thread-safe.
 */
public final class RowsDataFormat extends ServiceSupport implements DataFormat {

    private final RowRules rules;
    private final ScriptHashes hashes;
    private final RowReader reader;

    public RowsDataFormat(RowRules rules, ScriptHashes hashes, TranscriptReader transcripts, Clock clock) {
        this.rules = rules;
        this.hashes = hashes;
        this.reader = new RowReader(transcripts, clock);
    }

    /**
     * @param body a {@link Result} with a rule for its script
     * @throws IllegalArgumentException for any other body
     * @throws IOException              if the blob cannot be read
     */
    @Override
    public Object unmarshal(Exchange exchange, Object body) throws IOException {
        if (!(body instanceof Result result)) {
            throw new IllegalArgumentException("liveResponseRows unmarshals a Result; unmarshal before the body is changed");
        }
        RowRule rule = rules.find(RowRules.scriptOf(result)).orElseThrow(() -> new IllegalArgumentException(
                "no row rule matches the script of " + result.key() + "; test ${bean:liveResponseRowRules?method=hasRule} before"));
        String hash = hashes.find(result.tenant(), result.machineActionId(), RowRules.scriptOf(result)).orElse(null);
        return reader.open(result, rule, hash);
    }

    @Override
    public Object unmarshal(Exchange exchange, InputStream stream) {
        throw new UnsupportedOperationException("liveResponseRows unmarshals a Result, not a stream");
    }

    @Override
    public void marshal(Exchange exchange, Object graph, OutputStream stream) {
        throw new UnsupportedOperationException("liveResponseRows only unmarshals");
    }
}
