package io.liveresponse.ledger;

import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A process of its own that accepts requests without end and prints each one's key once it is told that it is committed. */
final class LedgerService {

    private LedgerService() {
    }

    public static void main(String[] arguments) {
        try (LedgerDatabase database = LedgerDatabase.open(LedgerAddress.inDirectory(Path.of(arguments[0])))) {
            Ledger ledger = new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of())));
            System.out.println("open");
            while (!Thread.currentThread().isInterrupted()) {
                String id = UUID.randomUUID().toString();
                ledger.intake().accept(NewRequest.of(new ResultKey("contoso", id, 0)));
                ledger.queue().claim("service", Duration.ofMinutes(5), 1)
                        .forEach(request -> ledger.settlement().settleDelivered(request.key(), "service"));
                System.out.println(id);
            }
        }
    }
}
