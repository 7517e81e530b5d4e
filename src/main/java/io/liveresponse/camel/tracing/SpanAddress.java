package io.liveresponse.camel.tracing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;

/** What a span may say of an address that the bundle calls: a download link's query is a secret, and so is the path of some webhooks. */
final class SpanAddress {

    /** The fixed names of the bundle's endpoints, behind which the address is in a header. */
    private static final Pattern OURS = Pattern.compile("https?://live-response-.*");
    private static final Pattern ADDRESS = Pattern.compile("(https?://)(?:[^/?#@]*@)?([^/?#@]*).*", Pattern.DOTALL);

    private SpanAddress() {
    }

    /** Scheme, host and port of what the bundle calls; the address as it is for an endpoint of the host's own. */
    static String of(String address, Endpoint endpoint) {
        if (address == null || !OURS.matcher(endpoint.getEndpointUri()).matches()) {
            return address;
        }
        Matcher parts = ADDRESS.matcher(address);
        return parts.matches() ? parts.group(1) + parts.group(2) : "";
    }
}
