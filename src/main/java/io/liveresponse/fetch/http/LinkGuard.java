package io.liveresponse.fetch.http;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides whether a link may be followed, before any part of it becomes a header. Immutable and thread-safe.
 *
 * <p>The grammar is narrower than RFC 3986 on purpose: what passes is read alike by this class, by {@link URI}, by Camel and
 * by Apache HttpClient, and no placeholder or expression of Camel's can be written in it (CVE-2026-78164). Refused are
 * user info, fragments, braces, backslashes, control characters, white space, anything beyond ASCII, an escape or an empty label
 * in the host, a trailing dot, an address in any notation unless that very text is an entry, and ports that no entry names.
 *
 * <p>Two things that the API was seen doing in the field are undone first: {@code &} escaped as HTML does, and an extra pair of quotes.
 */
public final class LinkGuard {

    static final String HOSTS_KEY = "live-response.link.allowed-hosts";
    static final String SCHEMES_KEY = "live-response.link.allowed-schemes";

    /** Real links have some 400 characters. */
    static final int MAX_LENGTH = 8 * 1024;

    /** Before the escapes are undone. */
    private static final int MAX_RAW_LENGTH = 4 * MAX_LENGTH;

    private static final Map<String, Integer> SCHEME_PORTS = Map.of("https", 443, "http", 80);
    private static final int MAX_HOST_LENGTH = 253;
    private static final int SHOWN_HOST_LENGTH = 80;

    private static final Pattern ESCAPED_AMPERSAND = Pattern.compile("&(?:amp;|#0{0,5}38;|#x0{0,5}26;){1,3}+", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile(
            "(?<quote>\"|'|&quot;|&#0{0,5}3[49];)(?<text>.*)\\k<quote>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern OUTER_BLANKS = Pattern.compile("\\A[ \\t\\r\\n]++|(?<![ \\t\\r\\n])[ \\t\\r\\n]++\\z");
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9\\-._~:/?@!$&'()*+,;=%\\[\\]]*+");
    private static final Pattern LINK = Pattern
            .compile("(?<scheme>[A-Za-z]+)://(?<authority>[^/?]*+)(?<path>/[^?\\[\\]]*+)(?:\\?(?<query>[^\\[\\]]*+))?");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?<host>" + LABEL + "(?:\\." + LABEL + "){0,126}|\\[[0-9A-Fa-f:.]{2,45}])(?::(?<port>[1-9]\\d{0,4}))?");
    /** A last label that begins with a digit is not a top-level domain, but is how every notation of an IPv4 address ends. */
    private static final Pattern ADDRESS = Pattern.compile("\\[.*|(?:.*\\.)?\\d[^.]*");

    private final List<AllowedHost> hosts;
    private final List<String> schemes;

    /**
     * @param allowedHosts   {@code host} or {@code *.suffix}, either with {@code :port}; without one, the scheme's own port is meant
     * @param allowedSchemes {@code https}, {@code http} or both
     * @throws InvalidSettingException if an entry is none of these
     */
    public LinkGuard(List<String> allowedHosts, List<String> allowedSchemes) {
        this.hosts = allowedHosts.stream().map(LinkGuard::entry).toList();
        this.schemes = allowedSchemes.stream().map(LinkGuard::scheme).toList();
    }

    /** @throws InvalidSettingException if the settings hold an entry that is none */
    public static LinkGuard of(Settings settings) {
        return new LinkGuard(settings.list(HOSTS_KEY), settings.list(SCHEMES_KEY));
    }

    /**
     * @param value the API's answer, as it came; may be null
     * @throws LiveResponseException {@link FailureCode#LINK_ANSWER_UNREADABLE} if there is no link at all, else
     *                               {@link FailureCode#BLOB_HOST_REFUSED}; the message may name the host, never what follows it
     */
    public DownloadLink check(String value) throws LiveResponseException {
        if (value != null && value.length() > MAX_RAW_LENGTH) {
            throw refused("is longer than " + MAX_LENGTH + " characters");
        }
        String text = value == null ? "" : undoQuirks(value);
        if (text.isEmpty()) {
            throw new LiveResponseException(FailureCode.LINK_ANSWER_UNREADABLE, "the API's answer holds an empty link");
        }
        if (text.length() > MAX_LENGTH) {
            throw refused("is longer than " + MAX_LENGTH + " characters");
        }
        if (!CHARACTERS.matcher(text).matches()) {
            throw refused("holds a character that a link of the store never has");
        }
        Matcher link = LINK.matcher(text);
        if (!link.matches()) {
            throw refused("is not of the form scheme://host/path?query");
        }
        String scheme = link.group("scheme").toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) {
            throw refused("has a scheme that " + SCHEMES_KEY + " does not list");
        }
        if (link.group("path").startsWith("//")) {
            throw refused("has a path that begins with two slashes");
        }
        Matcher authority = AUTHORITY.matcher(link.group("authority"));
        if (!authority.matches() || authority.group("host").length() > MAX_HOST_LENGTH) {
            throw refused("has user info, or a host or port that is not in its plain form");
        }
        String host = authority.group("host").toLowerCase(Locale.ROOT);
        int port = authority.group("port") == null ? -1 : Integer.parseInt(authority.group("port"));
        if (!allows(scheme, host, port)) {
            throw refused("names " + shown(authority.group()) + ", which " + HOSTS_KEY + " does not list");
        }
        return new DownloadLink(text, sameReading(text, link, authority.group("host"), port));
    }

    /**
     * Whether a request may go there at all; what the HTTP client asks again, right before it connects.
     *
     * @param port -1 for the scheme's own
     */
    boolean allows(String scheme, String host, int port) {
        String name = host.toLowerCase(Locale.ROOT);
        return schemes.contains(scheme.toLowerCase(Locale.ROOT)) && hosts.stream()
                .filter(entry -> !entry.suffix() || !ADDRESS.matcher(name).matches())
                .anyMatch(entry -> entry.matches(name, effective(scheme, port), effective(scheme, -1)));
    }

    /** Whether an entry names this very host, which is how an operator says that it may be on a private network. */
    boolean namesExactly(String scheme, String host, int port) {
        return hosts.stream().filter(entry -> !entry.suffix())
                .anyMatch(entry -> entry.matches(host.toLowerCase(Locale.ROOT), effective(scheme, port), effective(scheme, -1)));
    }

    private static String undoQuirks(String value) {
        String text = trim(value);
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            text = trim(quoted.group("text"));
        }
        return ESCAPED_AMPERSAND.matcher(text).replaceAll("&");
    }

    private static String trim(String value) {
        return OUTER_BLANKS.matcher(value).replaceAll("");
    }

    /** The second opinion: Java's own reader, which Camel and HttpClient use, must find the same parts. */
    private static URI sameReading(String text, Matcher link, String host, int port) throws LiveResponseException {
        try {
            URI uri = new URI(text);
            if (host.equals(uri.getHost()) && port == uri.getPort() && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    && link.group("path").equals(uri.getRawPath()) && Objects.equals(link.group("query"), uri.getRawQuery())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below; the cause's message would hold the link
        }
        throw refused("is read in more than one way");
    }

    private static int effective(String scheme, int port) {
        return port < 0 ? SCHEME_PORTS.getOrDefault(scheme.toLowerCase(Locale.ROOT), -1) : port;
    }

    private static String shown(String authority) {
        return authority.length() <= SHOWN_HOST_LENGTH ? authority : authority.substring(0, SHOWN_HOST_LENGTH) + "…";
    }

    private static LiveResponseException refused(String why) {
        return new LiveResponseException(FailureCode.BLOB_HOST_REFUSED, "the download link was not followed: it " + why);
    }

    private static AllowedHost entry(String text) {
        try {
            return AllowedHost.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(HOSTS_KEY, "holds \"" + text + "\"; give host or *.suffix, either with :port");
        }
    }

    private static String scheme(String text) {
        String scheme = text.strip().toLowerCase(Locale.ROOT);
        if (!SCHEME_PORTS.containsKey(scheme)) {
            throw new InvalidSettingException(SCHEMES_KEY, "holds \"" + text + "\"; give https or http");
        }
        return scheme;
    }
}
