package io.liveresponse.simulator.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Another body but for its last byte, so that JSON in it is never whole, and then blanks without end. Immutable. */
final class EndlessBody implements Body {

    private static final int PIECE = 1 << 13;
    private static final byte[] BLANKS = new byte[PIECE];

    static {
        Arrays.fill(BLANKS, (byte) ' ');
    }

    private final Body beginning;
    private final long trueBytes;

    EndlessBody(Body beginning) {
        this.beginning = beginning;
        this.trueBytes = Math.max(0, beginning.length() - 1);
    }

    @Override
    public long length() {
        return ENDLESS;
    }

    @Override
    public Buffer read(long offset, int max) {
        return offset < trueBytes
                ? beginning.read(offset, (int) Math.min(max, trueBytes - offset))
                : Buffer.buffer().appendBytes(BLANKS, 0, Math.min(max, PIECE));
    }
}
