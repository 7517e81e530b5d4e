package io.liveresponse.transcript;

import java.io.IOException;
import java.io.InputStream;

/** Gives up with {@link UnreadableReason#TOO_LARGE} at the first byte over the limit, all bytes before it having been given. */
final class ByteLimit extends InputStream {

    private final InputStream in;
    private long left;

    ByteLimit(InputStream in, long limit) {
        this.in = in;
        left = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            if (in.read() < 0) {
                return -1;
            }
            throw new UnreadableException(UnreadableReason.TOO_LARGE);
        }
        int count = in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
