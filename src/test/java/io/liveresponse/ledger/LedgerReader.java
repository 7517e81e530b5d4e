package io.liveresponse.ledger;

import java.nio.file.Path;

/** A process of its own that prints how many requests the ledger of a data directory has, as a command would. */
final class LedgerReader {

    private LedgerReader() {
    }

    public static void main(String[] arguments) {
        try (LedgerDatabase database = LedgerDatabase.attach(LedgerAddress.inDirectory(Path.of(arguments[0])))) {
            Ledger ledger = new Ledger(database, database.clock(), OnBothDatabases.QUOTA);
            System.out.print(ledger.archive().list(RequestFilter.ALL, null, 1_000).size());
        }
    }
}
