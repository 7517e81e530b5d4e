package io.liveresponse.fetch;

import io.liveresponse.fetch.http.AddressRefusedException;
import io.liveresponse.fetch.http.ConnectionFault;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.ObjectHelper;

/**
 * Renames whatever a call of the blob store throws. The original is dropped, message and cause: Camel's and HttpClient's hold the
 * address, which is a secret. Thread-safe.
 */
public final class BlobErrorTranslator implements Processor {

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LiveResponseException named = ObjectHelper.getException(LiveResponseException.class, thrown);
        if (named == null) {
            named = name(thrown, exchange.getVariable(FetchVariables.KEY, ResultKey.class));
        }
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, named);
        exchange.getMessage().setBody(null);
        throw named;
    }

    private LiveResponseException name(Throwable thrown, ResultKey key) {
        if (ObjectHelper.getException(AddressRefusedException.class, thrown) != null) {
            return new LiveResponseException(FailureCode.BLOB_HOST_REFUSED,
                    "the link's host for " + key
                            + " resolves to a private address; name that very host in live-response.link.allowed-hosts if it is yours");
        }
        return new LiveResponseException(FailureCode.BLOB_UNREACHABLE,
                "no answer from the blob store for " + key + ": " + ConnectionFault.reason(thrown));
    }
}
