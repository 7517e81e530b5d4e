package io.liveresponse.worker;

import io.liveresponse.intake.RequestStore;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Request;
import io.liveresponse.model.ResultKey;
import java.util.List;
import java.util.Optional;

/** The ledger as {@code intake-http} uses it; an outage is logged once, like any other of the ledger. Thread-safe. */
final class LedgerRequests implements RequestStore {

    private final Ledger ledger;
    private final LedgerGuard contact;

    LedgerRequests(Ledger ledger, LedgerGuard contact) {
        this.ledger = ledger;
        this.contact = contact;
    }

    @Override
    public List<String> accept(List<Request> requests) throws LiveResponseException {
        return contact.ask(() -> {
            boolean allNew = ledger.intake().accept(requests.stream()
                    .map(request -> new NewRequest(request.ledgerKey(), request.action(), null)).iterator()).known() == 0;
            return requests.stream().map(request -> allNew ? RequestState.DUE : state(request.ledgerKey())).map(RequestState::label)
                    .toList();
        });
    }

    private RequestState state(ResultKey key) {
        return ledger.archive().show(key).map(known -> known.request().state()).orElse(RequestState.DUE);
    }

    @Override
    public Optional<RequestStatus> status(ResultKey key) throws LiveResponseException {
        return contact.ask(() -> ledger.archive().show(key).map(RequestStatus::of));
    }
}
