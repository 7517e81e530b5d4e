package io.liveresponse.deliver.file;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.fetch.DurableFiles;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.transcript.FileUnpacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a device packed beside the bytes as received, which stay as they are. Thread-safe. */
public final class ResultUnpacker {

    private static final Logger LOG = LoggerFactory.getLogger(ResultUnpacker.class);
    /** A file that somebody collected is never packed more densely. */
    private static final int MAX_RATIO = 200;

    private final Path root;
    private final FileUnpacker unpacker;

    /**
     * @param root     {@code live-response.deliver.file.directory}
     * @param maxBytes a file with more stays packed
     */
    public ResultUnpacker(Path root, long maxBytes) {
        this.root = root.toAbsolutePath().normalize();
        this.unpacker = new FileUnpacker(maxBytes, MAX_RATIO);
    }

    /**
     * The name is durable once {@link ResultFiles#sync} has returned. Does nothing if the result is not a packed GetFile result, or is
     * damaged or too large to be unpacked.
     *
     * @param directory the result's own directory, relative to the root
     * @throws LiveResponseException DELIVERY_NOT_STORED if the file cannot be written
     */
    public void unpack(@Variable(DeliverVariables.RESULT) Result result, @Variable("liveResponseDirectory") String directory)
            throws LiveResponseException {
        String name = ResultFileNames.unpacked(result);
        if (name == null) {
            return;
        }
        Path target = root.resolve(directory).resolve(name).normalize();
        if (!target.startsWith(root)) {
            throw new LiveResponseException(FailureCode.DELIVERY_REFUSED,
                    "the directory of " + result.key()
                            + " is outside live-response.deliver.file.directory; correct the route deliver-file");
        }
        Path part = target.resolveSibling(name + ResultFiles.PART);
        try {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(part);
            FileUnpacker.Result unpacked = unpacker.unpack(result.blob().path(), part, ResultFileNames.deviceName(result));
            if (unpacked == FileUnpacker.Result.UNPACKED) {
                DurableFiles.rename(part, target);
            } else {
                // of an earlier delivery of other bytes
                Files.deleteIfExists(target);
                LOG.debug("{}: not unpacked ({})", result.key(), unpacked);
            }
        } catch (IOException e) {
            throw ResultFiles.notStored(target, e);
        }
    }
}
