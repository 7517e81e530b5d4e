package io.liveresponse.page;

import io.liveresponse.ledger.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of the file sink that a visitor may read: those below the results directory, as the ledger names them. Immutable. */
record DeliveredFiles(Path directory) {

    /** Empty if the sink's reference is not a path, the file is not on this machine, or is not below the directory. */
    Optional<Path> find(Delivery delivery) {
        try {
            Path file = delivery.reference() == null ? directory : Path.of(delivery.reference()).toRealPath();
            return Files.isRegularFile(file) && file.startsWith(directory.toRealPath()) ? Optional.of(file) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
