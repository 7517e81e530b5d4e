package io.liveresponse.fetch.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;

/**
 * Leaves of an answer what this bundle reads: the status, a few header fields, the body. A field such as {@code To} or
 * {@code mail.smtp.host} would become a message header of Camel's and there choose a recipient or a server.
 *
 * <p>It must be the first of the execution chain, which sees an answer last. A response interceptor would be too early: the fields that
 * say how long the body is and whether the connection lives on ({@code Connection}, {@code Keep-Alive}) are read behind those.
 *
 * <p>Of the body of a failure 64 KB are left, then it ends; see {@link AbandonableBody}.
 */
final class AnswerFilter implements ExecChainHandler {

    /** Far beyond any honest file name or time. */
    private static final int MAX_VALUE_LENGTH = 4_096;

    /** What Camel copies into its exception, as a text in memory. */
    private static final long MAX_FAILURE_BYTES = 64 * 1024;

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
            long limit = answer.getCode() < HttpStatus.SC_REDIRECTION ? Long.MAX_VALUE : MAX_FAILURE_BYTES;
            answer.setEntity(new AbandonableBody(answer, scope.execRuntime, limit));
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
}
