package io.liveresponse.intake;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What {@code intake-http} and {@code intake-http-state} answer: status code as a header, answer as the body. Thread-safe. */
public final class HttpRequests {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    /** A request that is recorded, now or before. A request for a whole action has no index. */
    public record Accepted(String tenant, String machineActionId, Integer commandIndex, String state) {
    }

    /** An invalid entry. */
    public record Rejected(long line, FailureCode code, String reason) {
    }

    /** The answer to a post. */
    public record Answer(List<Accepted> accepted, List<Rejected> rejected) {
    }

    private final RequestReader reader;
    private final RequestStore store;
    private final long maxBytes;

    /** @param maxBytes a larger body is refused */
    public HttpRequests(RequestReader reader, RequestStore store, long maxBytes) {
        this.reader = reader;
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /**
     * Records the valid entries. Answers 202 once they are committed, 400 if there is none, and 413 if the body is too large; each
     * with the reason for every invalid entry.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE; nothing is promised then, and the caller may repeat the call
     */
    public void post(Exchange exchange) throws IOException, LiveResponseException {
        Message message = exchange.getMessage();
        byte[] body = read(message);
        if (body == null) {
            answer(message, TOO_LARGE, rejected("the body has more than " + maxBytes + " bytes (live-response.intake.http.max-bytes)"));
            return;
        }
        List<Request> requests = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        for (Iterator<RequestEntry> entries = reader.entries(new ByteArrayInputStream(body)); entries.hasNext();) {
            RequestEntry entry = entries.next();
            if (entry.isAccepted()) {
                requests.add(entry.request());
            } else {
                rejected.add(new Rejected(entry.line(), entry.code(), entry.reason()));
            }
        }
        if (requests.isEmpty()) {
            answer(message, BAD_REQUEST, rejected.isEmpty() ? rejected("the body holds no request") : new Answer(List.of(), rejected));
            return;
        }
        answer(message, ACCEPTED, new Answer(accept(requests), rejected));
    }

    private List<Accepted> accept(List<Request> requests) throws LiveResponseException {
        Iterator<String> states = store.accept(requests).iterator();
        return requests.stream()
                .map(request -> new Accepted(request.tenant(), request.machineActionId(), request.commandIndex(), states.next())).toList();
    }

    /**
     * Answers 200 with the request's status, or 404. The index {@code all} means the request for a whole action.
     *
     * @throws LiveResponseException LEDGER_UNAVAILABLE
     */
    public void state(Exchange exchange) throws LiveResponseException {
        Message message = exchange.getMessage();
        Optional<ResultKey> key = key(message);
        Optional<?> known = key.isEmpty() ? key : store.status(key.get());
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, known.isPresent() ? 200 : NOT_FOUND);
        message.setBody(known.isPresent() ? known.get() : rejected("no such request"));
    }

    private static Optional<ResultKey> key(Message message) {
        String index = message.getHeader("index", "", String.class);
        if (!index.equals("all") && !index.matches("\\d{1,4}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Request.of(message.getHeader("tenant", String.class), message.getHeader("action", String.class),
                    index.equals("all") ? null : Integer.valueOf(index), null).ledgerKey());
        } catch (LiveResponseException e) {
            return Optional.empty();
        }
    }

    /** Null if the body is too large. */
    private byte[] read(Message message) throws IOException {
        if (message.getBody() instanceof Map<?, ?> form) {
            byte[] text = unread(form).getBytes(StandardCharsets.UTF_8);
            return text.length > maxBytes ? null : text;
        }
        try (InputStream body = message.getBody(InputStream.class)) {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, maxBytes + 1));
            return bytes.length > maxBytes ? null : bytes;
        }
    }

    /** curl and others label any text a form unless told otherwise, and the server then parses it as one. */
    private static String unread(Map<?, ?> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + (String.valueOf(field.getValue()).isEmpty() ? "" : "=" + field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Answer rejected(String reason) {
        return new Answer(List.of(), List.of(new Rejected(0, FailureCode.REQUEST_INVALID, reason)));
    }

    /** Returns none of the caller's headers. */
    private static void answer(Message message, int status, Answer answer) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(answer);
    }
}
