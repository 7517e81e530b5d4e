package io.liveresponse.simulator.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** A body held in memory. */
public final class BytesBody implements Body {

    public static final BytesBody EMPTY = new BytesBody(new byte[0]);

    private final byte[] bytes;

    public BytesBody(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public static BytesBody of(String text) {
        return new BytesBody(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public Buffer read(long offset, int max) {
        int length = (int) Math.min(max, bytes.length - offset);
        return Buffer.buffer(length).appendBytes(bytes, (int) offset, length);
    }
}
