package io.liveresponse.deliver.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.fetch.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the chain ends. Written after the line it stands for, so that after a crash the chain may be longer than it says,
 * never shorter.
 *
 * @param file   the file with the last line
 * @param bytes  how long that file is
 * @param sha256 of the last line, without its line feed; 64 zeros if there is none
 */
record ChainHead(String file, long bytes, String sha256) {

    static final String NAME = "results.head";
    static final String NOTHING = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty if there is none, or none that can be read. */
    static Optional<ChainHead> read(Path root) throws IOException {
        try {
            ChainHead head = JSON.readValue(Files.readString(root.resolve(NAME)), ChainHead.class);
            return head != null && head.file != null && ChainFiles.isOne(head.file) && head.sha256 != null
                    ? Optional.of(head)
                    : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * After a power cut an earlier head, or none, may be there: {@link ChainEnd} follows the file it names, else the last one, to its end.
     * So only the first head of a file is synced.
     */
    void write(Path root, boolean firstOfFile) throws IOException {
        Path part = Files.writeString(root.resolve(NAME + ".part"), JSON.writeValueAsString(this));
        if (firstOfFile) {
            DurableFiles.commit(part, root.resolve(NAME));
        } else {
            DurableFiles.replace(part, root.resolve(NAME));
        }
    }
}
