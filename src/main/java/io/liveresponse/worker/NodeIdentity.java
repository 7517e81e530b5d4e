package io.liveresponse.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The name under which a process holds leases. It is stored in the data directory, so that a process started after a crash is
 * known to be the same node and need not wait for its own leases to end. The lock on the file, which goes with the process
 * however it ends, keeps two processes from being one node.
 */
final class NodeIdentity implements AutoCloseable {

    private static final int LONGEST_NAME = 64;

    private final FileChannel channel;
    private final String name;
    private final boolean alone;

    private NodeIdentity(FileChannel channel, String name, boolean alone) {
        this.channel = channel;
        this.name = name;
        this.alone = alone;
    }

    /** @throws UncheckedIOException where the data directory cannot be written */
    static NodeIdentity in(Path dataDirectory) {
        try {
            Files.createDirectories(dataDirectory);
            FileChannel channel = FileChannel.open(dataDirectory.resolve("node"),
                    StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            return new NodeIdentity(channel, lock == null ? UUID.randomUUID().toString() : nameIn(channel), lock != null);
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + dataDirectory + " cannot be written; see live-response.data-directory",
                    e);
        }
    }

    String name() {
        return name;
    }

    /** False where another process was at work in the data directory before this one. */
    boolean alone() {
        return alone;
    }

    private static String nameIn(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_NAME);
        channel.read(buffer, 0);
        String found = StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
        if (!found.isEmpty()) {
            return found;
        }
        String made = UUID.randomUUID().toString();
        channel.write(ByteBuffer.wrap(made.getBytes(StandardCharsets.US_ASCII)), 0);
        channel.force(true);
        return made;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
