package io.liveresponse.validate;

import java.util.stream.Stream;

/** HTTP endpoints without time-outs, with redirects, or whose exception would carry a link's signature. */
final class HttpCheck implements RouteCheck {

    @Override
    public void check(Routes routes, Findings findings) {
        routes.endpoints().filter(endpoint -> endpoint.isHttp() && !endpoint.isConsumer()).forEach(endpoint -> {
            Stream.of("connectTimeout", "responseTimeout").forEach(name -> checkTimeout(endpoint, name, findings));
            Endpoint.Option redirects = endpoint.options().get("followRedirects");
            if (redirects != null && !redirects.value().equalsIgnoreCase("false")) {
                findings.report(redirects.at(), Code.HTTP_REDIRECT_FOLLOWED,
                        "redirects are followed, to any host and with every header — set followRedirects: false");
            }
            checkThrowing(endpoint, findings);
        });
    }

    private static void checkTimeout(Endpoint endpoint, String name, Findings findings) {
        Endpoint.Option timeout = endpoint.options().get(name);
        if (timeout == null) {
            findings.report(endpoint.uri(), Code.HTTP_TIMEOUT_MISSING, "the HTTP endpoint has no " + name + " — add " + name
                    + ": \"{{live-response.http." + (name.startsWith("c") ? "connect" : "response") + "-timeout}}\"");
        } else if (timeout.value().matches("-\\d+|0+")) {
            findings.report(timeout.at(), Code.HTTP_TIMEOUT_MISSING,
                    name + " is no time-out, it waits for ever — give a number of milliseconds above 0");
        }
    }

    /** The exception holds the address; where CamelHttpUri gives it, the route has put a link or the address of a ticket system there. */
    private static void checkThrowing(Endpoint endpoint, Findings findings) {
        Endpoint.Option thrown = endpoint.options().get("throwExceptionOnFailure");
        boolean thrownAway = thrown != null && thrown.value().equalsIgnoreCase("false");
        boolean addressed = Routes.routeOf(endpoint.at()).stream().flatMap(YamlValue::all)
                .anyMatch(value -> value.hasKey("name") && value.text().filter("CamelHttpUri"::equalsIgnoreCase).isPresent());
        if (addressed && !thrownAway) {
            findings.report(thrown == null ? endpoint.uri() : thrown.at(), Code.HTTP_ERROR_THROWN,
                    "an error answer becomes an exception that holds the whole link — set throwExceptionOnFailure: false");
        }
    }
}
