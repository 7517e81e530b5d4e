package io.liveresponse.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;

/**
 * One entry of a file or message of requests: either a request or the reason why it is none.
 *
 * @param line    the line on which it ends, from 1
 * @param text    the entry as received, shortened; not null
 * @param request the request, or null
 * @param code    if there is no request: why, as a stable code; else null
 * @param reason  if there is no request: what is wrong and what is expected; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestEntry(long line, String text, Request request, FailureCode code, String reason) {

    private static final int LONGEST_TEXT = 500;

    static RequestEntry accepted(long line, String text, Request request) {
        return new RequestEntry(line, shortened(text), request, null, null);
    }

    public static RequestEntry rejected(long line, String text, LiveResponseException why) {
        return new RequestEntry(line, shortened(text), null, why.getCode(), why.getMessage());
    }

    @JsonIgnore
    public boolean isAccepted() {
        return request != null;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
