package io.liveresponse.fetch.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code live-response.link.allowed-hosts}.
 *
 * @param name   in lower case; for a wildcard the suffix with its leading dot
 * @param suffix true for {@code *.name}, which matches every host below the name, but not for the name itself
 * @param port   the one port allowed, or -1 for the scheme's own
 */
record AllowedHost(String name, boolean suffix, int port) {

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern ENTRY = Pattern.compile(
            "(?<wild>\\*\\.)?(?<name>" + LABEL + "(?:\\." + LABEL + "){0,126}|\\[[0-9a-f:.]{2,45}])(?::(?<port>[1-9]\\d{0,4}))?");
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException if the text is not an entry */
    static AllowedHost parse(String text) {
        Matcher entry = ENTRY.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!entry.matches()) {
            throw new IllegalArgumentException(text);
        }
        boolean wild = entry.group("wild") != null;
        int port = entry.group("port") == null ? -1 : Integer.parseInt(entry.group("port"));
        if (port > MAX_PORT || wild && entry.group("name").startsWith("[")) {
            throw new IllegalArgumentException(text);
        }
        return new AllowedHost(wild ? "." + entry.group("name") : entry.group("name"), wild, port);
    }

    /** @param host in lower case */
    boolean matches(String host, int port, int schemePort) {
        boolean named = suffix ? host.length() > name.length() && host.endsWith(name) : host.equals(name);
        return named && port == (this.port < 0 ? schemePort : this.port);
    }
}
