package io.liveresponse.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An answer's body that must keep coming. A socket time-out alone lets a peer that sends one byte a second hold a worker
 * for days. Not thread-safe.
 */
public final class MinRateInputStream extends FilterInputStream {

    private final Clock clock;
    private final Duration window;
    private final long bytesPerWindow;
    private Instant windowEnd;
    private long bytesInWindow;

    /**
     * @param window         how long a stretch of reading is looked at
     * @param bytesPerWindow how many bytes must come in each
     */
    public MinRateInputStream(InputStream in, Clock clock, Duration window, long bytesPerWindow) {
        super(in);
        this.clock = clock;
        this.window = window;
        this.bytesPerWindow = bytesPerWindow;
        this.windowEnd = clock.instant().plus(window);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(read);
        return read;
    }

    private void count(int read) throws IOException {
        if (read < 0) {
            return;
        }
        bytesInWindow += read;
        Instant now = clock.instant();
        if (now.isBefore(windowEnd)) {
            return;
        }
        if (bytesInWindow < bytesPerWindow) {
            throw new SocketTimeoutException("only " + bytesInWindow + " bytes in " + window);
        }
        bytesInWindow = 0;
        windowEnd = now.plus(window);
    }
}
