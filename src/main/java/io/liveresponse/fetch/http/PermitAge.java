package io.liveresponse.fetch.http;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;

/**
 * The last step before the wire, behind the wait for a connection: refuses a request that was counted more than a second ago. A
 * call that leaves later than it was counted may fall into a window of the API's that is already full. Thread-safe.
 */
final class PermitAge implements ExecChainHandler {

    /** What the padding of the shortest window allows for. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final TimeValue KEPT_FOR = TimeValue.ofMinutes(1);

    private final LongSupplier nanoTime;

    PermitAge(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header permit = request.getFirstHeader(ApiHttpClient.PERMIT);
        if (permit != null) {
            Duration age = Duration.ofNanos(nanoTime.getAsLong() - Long.parseLong(permit.getValue()));
            if (age.compareTo(LONGEST) > 0) {
                keepConnection(scope);
                throw new PermitExpiredException("the call was counted " + age.toMillis() + " ms ago");
            }
            request.removeHeaders(ApiHttpClient.PERMIT);
        }
        return chain.proceed(request, scope);
    }

    /** The next attempt finds the connection that took so long; else a slow network would spend permit after permit. */
    private static void keepConnection(ExecChain.Scope scope) {
        scope.execRuntime.markConnectionReusable(null, KEPT_FOR);
        scope.execRuntime.releaseEndpoint();
    }
}
