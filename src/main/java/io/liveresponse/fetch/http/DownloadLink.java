package io.liveresponse.fetch.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A download link that passed the {@link LinkGuard}. Its query is a bearer secret until {@link #expiry()}, so the text comes out
 * by {@link #reveal()} only; it takes no part in {@code toString}, nor in serialization. Immutable and thread-safe.
 */
public final class DownloadLink {

    private static final String EXPIRY = "se=";
    private static final String SIGNATURE = "sig=";

    private final String text;
    private final URI uri;

    DownloadLink(String text, URI uri) {
        this.text = text;
        this.uri = uri;
    }

    /** The link with its signature, byte for byte as the store must see it: for the request to the store and nothing else. */
    public String reveal() {
        return text;
    }

    /** The host in lower case, without the port. */
    public String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    /**
     * The parts of the link that are worth something by themselves: the query, and the signature as it stands and decoded. For
     * {@link io.liveresponse.settings.Redactor#hide} while the link is in flight.
     */
    public List<String> secrets() {
        return Stream.concat(Stream.of(query()), parameter(SIGNATURE).stream().flatMap(value -> Stream.of(value, decoded(value))))
                .distinct().toList();
    }

    /**
     * The end of the link's life, from its {@code se=}; empty if it has none or one that is not a time. The store's forms are
     * a date (that day's start, in UTC), or a date and time to the minute, the second or a fraction of it.
     */
    public Optional<Instant> expiry() {
        return parameter(EXPIRY).flatMap(DownloadLink::instant);
    }

    /** True if the link ends within the margin from now, or has ended; false if it does not say when it ends. */
    public boolean expiresWithin(Duration margin, Clock clock) {
        return expiry().map(end -> !end.isAfter(clock.instant().plus(margin))).orElse(false);
    }

    private String query() {
        return uri.getRawQuery() == null ? "" : uri.getRawQuery();
    }

    private Optional<String> parameter(String name) {
        return Stream.of(query().split("&")).filter(part -> part.startsWith(name)).map(part -> part.substring(name.length())).findFirst();
    }

    /** A raw plus is a plus in a link, not a form's blank. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Optional<Instant> instant(String encoded) {
        try {
            String value = decoded(encoded);
            return Optional.of(value.indexOf('T') < 0
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Scheme, host and path; never the query. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
