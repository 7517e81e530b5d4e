package io.liveresponse.fetch.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * Asks the guard once more where a request is going, looks its host up, refuses addresses that are not public, and pins
 * what it saw in the route: no second look-up can give another answer. It is in the execution chain and not in the route planner,
 * since only here an {@link IOException} reaches the caller as it is, and several addresses can be tried.
 *
 * <p>If the operator gave the endpoint a proxy, the proxy looks the name up, and only the guard has checked it.
 */
final class PinnedAddress implements ExecChainHandler {

    /** Each may cost a whole connect time-out. */
    private static final int MAX_TRIED = 3;

    private final LinkGuard guard;
    private final DnsResolver resolver;

    PinnedAddress(LinkGuard guard, DnsResolver resolver) {
        this.guard = guard;
        this.resolver = resolver;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpHost target = scope.route.getTargetHost();
        if (!guard.allows(target.getSchemeName(), target.getHostName(), target.getPort())) {
            throw new AddressRefusedException("no connection was made to " + target.getHostName() + ", which "
                    + LinkGuard.HOSTS_KEY + " and " + LinkGuard.SCHEMES_KEY + " do not allow");
        }
        if (scope.route.getProxyHost() != null) {
            return chain.proceed(request, scope);
        }
        List<InetAddress> addresses = checked(target);
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return chain.proceed(request, pinned(scope, address));
            } catch (ConnectException | NoRouteToHostException | ConnectTimeoutException e) {
                // nothing was sent; the next address may be reachable, for example if a machine has no IPv6
                scope.execRuntime.discardEndpoint();
            }
        }
        return chain.proceed(request, pinned(scope, addresses.get(addresses.size() - 1)));
    }

    private List<InetAddress> checked(HttpHost target) throws IOException {
        List<InetAddress> addresses = Stream.of(resolver.resolve(target.getHostName())).limit(MAX_TRIED).toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException(target.getHostName());
        }
        if (!guard.namesExactly(target.getSchemeName(), target.getHostName(), target.getPort())) {
            for (InetAddress address : addresses) {
                if (!PublicAddress.is(address)) {
                    throw new AddressRefusedException("no connection was made to " + target.getHostName() + ": its address "
                            + address.getHostAddress() + " is not public, and " + LinkGuard.HOSTS_KEY + " does not name this very host");
                }
            }
        }
        return addresses;
    }

    private static ExecChain.Scope pinned(ExecChain.Scope scope, InetAddress address) {
        HttpHost target = scope.route.getTargetHost();
        HttpRoute route = new HttpRoute(
                new HttpHost(target.getSchemeName(), address, target.getHostName(), target.getPort()),
                scope.route.getTargetName(), scope.route.getLocalAddress(), scope.route.isSecure());
        return new ExecChain.Scope(scope.exchangeId, route, scope.originalRequest, scope.execRuntime, scope.clientContext);
    }
}
