package io.liveresponse.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of a tenant's list of live response actions, page by page. The list cannot be asked for by the time at which
 * actions ended, and has no promised order. Immutable.
 *
 * @param apiBase what all addresses of the API start with, such as {@code https://host/api}, without a slash at its end
 * @param since  actions created before are left out
 */
public record ActionList(String apiBase, Instant since) {

    /** Far below the API's 10,000, so that a page is a matter of some megabytes. */
    static final int PAGE = 500;

    private static final String PATH = "/machineactions";
    private static final int MAX_LINK = 8_192;
    /** Nothing that Camel would resolve, and nothing that ends a request line. */
    private static final Pattern SAFE = Pattern.compile("(?!.*(?:\\{\\{|\\$\\{))[\\x21-\\x7e]+");

    /** @param skip how many entries are known already */
    public String page(int skip) {
        String filter = "type eq 'LiveResponse' and creationDateTimeUtc ge " + since.truncatedTo(ChronoUnit.SECONDS);
        return apiBase + PATH + "?$filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20")
                + "&$top=" + PAGE + (skip == 0 ? "" : "&$skip=" + skip);
    }

    /**
     * Where the list goes on: at the API's own link if that leads to the same API, else by counting.
     *
     * @param seen how many entries all pages up to this one had
     * @return empty if this was the last page
     */
    public Optional<String> next(ActionPage page, int seen) {
        if (page.entries() == 0) {
            return Optional.empty();
        }
        if (page.nextLink() != null) {
            return Optional.of(leadsBack(page.nextLink()) ? page.nextLink() : page(seen));
        }
        return page.entries() < PAGE ? Optional.empty() : Optional.of(page(seen));
    }

    /** The bearer goes with the next call, so its address has to be the API's, whatever the answer says. */
    private boolean leadsBack(String link) {
        if (link.length() > MAX_LINK || !SAFE.matcher(link).matches()) {
            return false;
        }
        try {
            URI api = new URI(apiBase);
            // OData's own $ and quotes are legal; what is not, such as a bare |, is refused
            URI uri = new URI(link);
            return api.getScheme().equalsIgnoreCase(uri.getScheme()) && uri.getRawUserInfo() == null && uri.getHost() != null
                    && uri.getHost().equalsIgnoreCase(api.getHost()) && uri.getPort() == api.getPort() && uri.getRawFragment() == null
                    && (api.getRawPath() + PATH).equalsIgnoreCase(uri.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
