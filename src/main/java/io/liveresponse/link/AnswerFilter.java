package io.liveresponse.link;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Leaves of an answer what this bundle reads: the status, a few header fields, the body. A field such as {@code To} or
 * {@code mail.smtp.host} would become a message header of Camel's and there choose a recipient or a server.
 *
 * <p>It must be the first of the execution chain, which sees an answer last. A response interceptor would be too early: the fields that
 * say how long the body is and whether the connection lives on ({@code Connection}, {@code Keep-Alive}) are read behind those.
 *
 * <p>An answer that is closed before its end closes the connection. HttpClient would read the rest first, for as long as the other
 * side likes to send.
 */
final class AnswerFilter implements ExecChainHandler {

    /** Far beyond any honest file name or time. */
    private static final int MAX_VALUE_LENGTH = 4_096;

    private final Set<String> kept;

    /** @param kept names in lower case */
    AnswerFilter(Set<String> kept) {
        this.kept = kept;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpResponse answer = chain.proceed(request, scope);
        answer.setHeaders(wanted(answer.getHeaders()));
        // the other side's words; without them the status's own stand there
        answer.setReasonPhrase(null);
        if (answer.getEntity() != null) {
            answer.setEntity(new AbandonableBody(answer, scope.execRuntime));
        }
        return answer;
    }

    /** The first of each name, since Camel makes a list of several and who reads the header expects a text. */
    private Header[] wanted(Header[] headers) {
        Map<String, Header> wanted = new LinkedHashMap<>();
        for (Header header : headers) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (kept.contains(name) && header.getValue() != null && header.getValue().length() <= MAX_VALUE_LENGTH) {
                wanted.putIfAbsent(name, header);
            }
        }
        return wanted.values().toArray(Header[]::new);
    }

    private static final class AbandonableBody extends HttpEntityWrapper {

        private final ExecRuntime connection;
        private InputStream content;

        private AbandonableBody(ClassicHttpResponse answer, ExecRuntime connection) {
            super(answer.getEntity());
            this.connection = connection;
        }

        /** The same stream each time, as the wrapped one is, so that closing it again knows how far it was read. */
        @Override
        public InputStream getContent() throws IOException {
            if (content == null) {
                InputStream original = super.getContent();
                content = original == null ? null : new AbandonableStream(original, connection);
            }
            return content;
        }
    }

    private static final class AbandonableStream extends FilterInputStream {

        private final ExecRuntime connection;
        private boolean ended;

        private AbandonableStream(InputStream original, ExecRuntime connection) {
            super(original);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            ended |= value < 0;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            ended |= count < 0;
            return count;
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
