package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Redactor;
import jakarta.mail.internet.ContentDisposition;
import jakarta.mail.internet.ParseException;
import java.io.InputStream;
import java.time.Clock;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Reads the store's answer: on 200 the bytes go to the spool and the body becomes the {@link io.liveresponse.model.SpooledBlob},
 * all else is a {@link LiveResponseException}. Thread-safe.
 */
public final class BlobAnswerProcessor implements Processor {

    /** Azure Storage's own, such as {@code AuthenticationFailed}; nothing else is shown. */
    private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z]{1,64}");

    private final Spool spool;
    private final Redactor redactor;
    private final Clock clock;

    /** @param redactor takes the link out of a file name that a store may have made from it */
    public BlobAnswerProcessor(Spool spool, Redactor redactor, Clock clock) {
        this.spool = spool;
        this.redactor = redactor;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) throws LiveResponseException {
        Message message = exchange.getMessage();
        ResultKey key = exchange.getVariable(FetchVariables.KEY, ResultKey.class);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        if (status != 200) {
            throw failure(message, key, status);
        }
        InputStream body = message.getBody(InputStream.class);
        message.setBody(spool.store(key, body == null ? InputStream.nullInputStream() : body, offeredFileName(message)));
    }

    private LiveResponseException failure(Message message, ResultKey key, int status) {
        String code = message.getHeader("x-ms-error-code", "", String.class);
        String said = "the blob store answers " + status + (ERROR_CODE.matcher(code).matches() ? " (" + code + ")" : "") + " for " + key;
        return switch (status) {
            // The store's own words for a link it does not take; what they mean here is that another is needed.
            case 400, 401, 403, 404, 409, 410 ->
                new LiveResponseException(FailureCode.BLOB_LINK_EXPIRED, said + ": it does not take the link");
            default -> new LiveResponseException(FailureCode.BLOB_SERVER_ERROR, said, null,
                    HttpAnswer.retryAfter(message, clock).orElse(null));
        };
    }

    private String offeredFileName(Message message) {
        String header = message.getHeader("Content-Disposition", String.class);
        try {
            return header == null ? null : redactor.redact(new ContentDisposition(header).getParameter("filename"));
        } catch (ParseException e) {
            return null;
        }
    }
}
