package io.liveresponse.intake;

import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.ledger.Timeline;
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

/** What {@code intake-http} answers. The status goes into the header of Camel's name for it, the answer into the body. Thread-safe. */
public final class HttpRequests {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    /** An entry that was recorded, now or before. A request for a whole action has no index. */
    public record Accepted(String tenant, String machineActionId, Integer commandIndex, RequestState state) {
    }

    /** An entry that is no request. */
    public record Rejected(long line, FailureCode code, String reason) {
    }

    /** The answer to a post. */
    public record Answer(List<Accepted> accepted, List<Rejected> rejected) {
    }

    private final RequestReader reader;
    private final Ledger ledger;
    private final long maxBytes;

    /** @param maxBytes a larger body is refused */
    public HttpRequests(RequestReader reader, Ledger ledger, long maxBytes) {
        this.reader = reader;
        this.ledger = ledger;
        this.maxBytes = maxBytes;
    }

    /**
     * Records what can be recorded. 202 where that is anything, and then it is committed; 400 where there is no request at all;
     * either with the reason for each entry that is none.
     */
    public void post(Exchange exchange) throws IOException {
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

    private List<Accepted> accept(List<Request> requests) {
        boolean allNew = ledger.intake().accept(requests.stream()
                .map(request -> new NewRequest(request.ledgerKey(), request.action(), null)).iterator()).known() == 0;
        return requests.stream().map(request -> new Accepted(request.tenant(), request.machineActionId(), request.commandIndex(),
                allNew ? RequestState.DUE : stateOf(request.ledgerKey()))).toList();
    }

    private RequestState stateOf(ResultKey key) {
        return ledger.archive().show(key).map(known -> known.request().state()).orElse(RequestState.DUE);
    }

    /** 200 with where the request stands, or 404; its index is {@code all} for a whole action. */
    public void state(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<Timeline> known = key(message).flatMap(ledger.archive()::show);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, known.isPresent() ? 200 : NOT_FOUND);
        message.setBody(known.<Object>map(RequestStatus::of).orElseGet(() -> rejected("no such request")));
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

    /** Null where there is more than is taken. */
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

    /** curl and others call any text a form unless told otherwise, and the server then takes it for one. */
    private static String unread(Map<?, ?> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + (String.valueOf(field.getValue()).isEmpty() ? "" : "=" + field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Answer rejected(String reason) {
        return new Answer(List.of(), List.of(new Rejected(0, FailureCode.REQUEST_INVALID, reason)));
    }

    /** No header of the caller's goes back. */
    private static void answer(Message message, int status, Answer answer) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setBody(answer);
    }
}
