package io.liveresponse.fetch.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * The body of an answer that closes the connection if it is closed before its end. HttpClient would read the rest first, for as long
 * as the other side likes to send. Behind the limit the body ends for its reader. For one thread at a time, as the answer is.
 */
final class AbandonableBody extends HttpEntityWrapper {

    private final ExecRuntime connection;
    private final long limit;
    private InputStream content;

    AbandonableBody(ClassicHttpResponse answer, ExecRuntime connection, long limit) {
        super(answer.getEntity());
        this.connection = connection;
        this.limit = limit;
    }

    /** The same stream each time, as the wrapped one is, so that closing it again knows how far it was read. */
    @Override
    public InputStream getContent() throws IOException {
        if (content == null) {
            InputStream original = super.getContent();
            content = original == null ? null : new AbandonableStream(original, connection, limit);
        }
        return content;
    }

    private static final class AbandonableStream extends FilterInputStream {

        private static final int SKIPPED_AT_ONCE = 8_192;

        private final ExecRuntime connection;
        private long left;
        private boolean ended;

        private AbandonableStream(InputStream original, ExecRuntime connection, long limit) {
            super(original);
            this.connection = connection;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = super.read(bytes, offset, (int) Math.min(length, left));
            ended |= count < 0;
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, SKIPPED_AT_ONCE)]));
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
                return;
            }
            ended = true;
            connection.discardEndpoint();
            try {
                super.close();
            } catch (IOException e) {
                // the rest was not wanted
            }
        }
    }
}
