package io.liveresponse.simulator.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** A body of any size: a beginning, a line repeated until the size is reached, an end. Only some lines of it are held. */
public final class GeneratedBody implements Body {

    private static final int LINES_HELD = 4_096;

    private final byte[] head;
    private final byte[] lines;
    private final int lineLength;
    private final byte[] tail;
    private final long length;

    /** @param length bytes in all; at least the head's and the tail's */
    public GeneratedBody(String head, String line, String tail, long length) {
        this.head = head.getBytes(StandardCharsets.UTF_8);
        this.lines = line.repeat(LINES_HELD).getBytes(StandardCharsets.UTF_8);
        this.lineLength = lines.length / LINES_HELD;
        this.tail = tail.getBytes(StandardCharsets.UTF_8);
        this.length = Math.max(length, (long) this.head.length + this.tail.length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Buffer read(long offset, int max) {
        long tailStart = length - tail.length;
        if (offset < head.length) {
            return slice(head, offset, max);
        }
        if (offset >= tailStart) {
            return slice(tail, offset - tailStart, max);
        }
        return slice(lines, (offset - head.length) % lineLength, (int) Math.min(max, tailStart - offset));
    }

    private static Buffer slice(byte[] from, long start, int max) {
        int size = (int) Math.min(max, from.length - start);
        return Buffer.buffer(size).appendBytes(from, (int) start, size);
    }
}
