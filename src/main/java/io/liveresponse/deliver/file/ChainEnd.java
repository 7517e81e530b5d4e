package io.liveresponse.deliver.file;

import io.liveresponse.fetch.DurableFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the chain, repaired if a crash left it unfinished: a line without its line feed was never confirmed and is cut
 * off. Missing lines are not repaired: the next line then refers to what is gone, so that it shows. To be used under
 * the {@link ChainLock}.
 */
final class ChainEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ChainEnd.class);
    private static final int TAIL = 64 * 1024;

    private final Path root;
    private final ChainHead head;

    private ChainEnd(Path root, ChainHead head) {
        this.root = root;
        this.head = head;
    }

    /** @param today the file that a new line goes to, unless the chain has come to a later one */
    static ChainEnd of(Path root, String today) throws IOException {
        Optional<ChainHead> written = ChainHead.read(root);
        ChainHead end = repaired(root, written.isPresent() ? written.get() : new ChainHead(lastFile(root, today), 0, ChainHead.NOTHING));
        return new ChainEnd(root, today.compareTo(end.file()) <= 0 ? end : repaired(root, new ChainHead(today, 0, end.sha256())));
    }

    private static String lastFile(Path root, String today) throws IOException {
        List<String> files = ChainFiles.in(root);
        return files.isEmpty() ? today : files.get(files.size() - 1);
    }

    /** The file has no line yet. */
    boolean isAtFirstLine() {
        return head.bytes() == 0;
    }

    /** Those of which the last line about the same result, not far from the end, does not have the same facts. */
    List<ResultChain.Entry> missing(List<ResultChain.Entry> entries) throws IOException {
        byte[] tail = read(root.resolve(head.file()), Math.max(0, head.bytes() - TAIL), head.bytes());
        String lines = "\n" + new String(tail, StandardCharsets.UTF_8);
        return entries.stream().filter(entry -> !saysAlready(lines, entry)).toList();
    }

    private static boolean saysAlready(String lines, ResultChain.Entry entry) {
        int last = lines.lastIndexOf("\n" + entry.key());
        return last >= 0 && lines.startsWith(entry.facts() + ",\"deliveredAt\"", last + 1);
    }

    /** @return the new head; the lines are on the disk, the head is not yet */
    ChainHead append(List<ResultChain.Entry> entries, Instant deliveredAt) throws IOException {
        StringBuilder lines = new StringBuilder();
        String sha256 = head.sha256();
        for (ResultChain.Entry entry : entries) {
            String line = entry.facts() + ",\"deliveredAt\":\"" + deliveredAt + "\",\"previous\":\"" + sha256 + "\"}";
            lines.append(line).append('\n');
            sha256 = DigestUtils.sha256Hex(line);
        }
        Path file = root.resolve(head.file());
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            if (fresh) {
                DurableFiles.syncDirectory(root);
            }
            return new ChainHead(head.file(), channel.size(), sha256);
        }
    }

    /** Follows what was written after the head, and cuts off what was not written to its end. */
    private static ChainHead repaired(Path root, ChainHead head) throws IOException {
        Path file = root.resolve(head.file());
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size <= head.bytes()) {
            endLine(file, size);
            return new ChainHead(head.file(), Files.exists(file) ? Files.size(file) : 0, head.sha256());
        }
        long end = lastLineFeed(file, head.bytes(), size) + 1;
        if (end < size) {
            LOG.warn("{}: the last {} bytes are a line that a crash left unfinished; cut off", file, size - end);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end).force(true);
            }
        }
        if (end == head.bytes()) {
            return head;
        }
        long start = lastLineFeed(file, head.bytes(), end - 1) + 1;
        return new ChainHead(head.file(), end, DigestUtils.sha256Hex(read(file, start, end - 1)));
    }

    /** What was cut by somebody else must not run into the next line. */
    private static void endLine(Path file, long size) throws IOException {
        if (size > 0 && read(file, size - 1, size)[0] != '\n') {
            Files.write(file, new byte[]{'\n'}, StandardOpenOption.APPEND);
        }
    }

    /** The last one in a part of the file; {@code from - 1} if there is none. */
    private static long lastLineFeed(Path file, long from, long to) throws IOException {
        for (long end = to; end > from; end = Math.max(from, end - TAIL)) {
            long start = Math.max(from, end - TAIL);
            byte[] bytes = read(file, start, end);
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    return start + i;
                }
            }
        }
        return from - 1;
    }

    private static byte[] read(Path file, long from, long to) throws IOException {
        if (to <= from || !Files.exists(file)) {
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) (to - from));
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
                // until it is all here
            }
            byte[] bytes = new byte[buffer.position()];
            buffer.flip().get(bytes);
            return bytes;
        }
    }
}
