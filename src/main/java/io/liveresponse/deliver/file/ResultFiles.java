package io.liveresponse.deliver.file;

import io.liveresponse.deliver.DeliverVariables;
import io.liveresponse.fetch.DurableFiles;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Gives what the file component wrote under a temporary name its own name, once the bytes are on the disk. Thread-safe. */
public final class ResultFiles {

    /** What a file's name ends in while it is being written. */
    public static final String PART = ".part";

    /**
     * The name is durable once {@link #sync} has returned.
     *
     * @param produced the path that camel-file says it wrote, ending in {@value #PART}
     * @return the path under which the file can be found from now on
     * @throws LiveResponseException DELIVERY_NOT_STORED if the file cannot be written
     */
    public String commit(@Header(Exchange.FILE_NAME_PRODUCED) String produced) throws LiveResponseException {
        Path part = Path.of(produced);
        String name = part.getFileName().toString();
        Path target = part.resolveSibling(name.substring(0, name.length() - PART.length()));
        try {
            DurableFiles.rename(part, target);
            return target.toString();
        } catch (IOException e) {
            deleteQuietly(part);
            throw notStored(target, e);
        }
    }

    /**
     * Makes the names of all files of one result durable.
     *
     * @param written one of the files, as {@link #commit} returned it; the others are in its directory
     * @throws LiveResponseException DELIVERY_NOT_STORED if the directory cannot be synced
     */
    public void sync(@Variable(DeliverVariables.REFERENCE) String written) throws LiveResponseException {
        Path file = Path.of(written);
        try {
            DurableFiles.syncDirectory(file.getParent());
        } catch (IOException e) {
            throw notStored(file, e);
        }
    }

    static LiveResponseException notStored(Path file, IOException e) {
        return new LiveResponseException(FailureCode.DELIVERY_NOT_STORED, "the file " + file + " cannot be written ("
                + e.getClass().getSimpleName() + "); free some space or fix its permissions");
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The next attempt writes over it.
        }
    }
}
