package io.liveresponse.ledger;

import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.engine.SysProperties;

/**
 * Where the ledger's database is and who signs in. A password that stands in the URL is taken out of it, so that no message
 * can show it. Immutable.
 */
public final class LedgerAddress {

    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /** What the ledger's SQL and its promises need of H2; a URL that says otherwise would break them. */
    private static final List<String> H2_NEEDS = List.of(
            "MODE=PostgreSQL", "DATABASE_TO_LOWER=TRUE", "WRITE_DELAY=0", "LOCK_TIMEOUT=10000",
            // the runtime closes it, once its routes have stopped
            "DB_CLOSE_ON_EXIT=FALSE",
            // else a file of stack traces grows beside the database for as long as anything asks in vain
            "TRACE_LEVEL_FILE=0");

    private final String url;
    private final String user;
    private final String password;
    private final Path directory;

    private LedgerAddress(String url, String user, String password, Path directory) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.directory = directory;
    }

    /**
     * @param url      {@code jdbc:postgresql://host:port/database…} or {@code jdbc:h2:…}
     * @param user     the login, or null where the URL says or none is needed
     * @param password its password, or null likewise
     * @throws IllegalArgumentException where the URL is of another kind; the message holds no password
     */
    public static LedgerAddress of(String url, String user, String password) {
        String text = url.strip();
        boolean h2 = text.startsWith(H2);
        if (!h2 && !text.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("the ledger's URL must start with " + POSTGRESQL + "// or " + H2);
        }
        if (!h2 && text.replaceFirst("\\?.*", "").contains("@")) {
            throw new IllegalArgumentException("the ledger's URL must hold no user and password before the host");
        }
        String separator = h2 ? ";" : "[?&]";
        List<String> parts = new ArrayList<>(List.of(text.split(separator)));
        String foundUser = parameter(parts, "user", h2);
        String foundPassword = parameter(parts, "password", h2);
        return new LedgerAddress(
                h2 ? h2Url(parts) : postgresUrl(parts),
                user == null ? foundUser : user, password == null ? foundPassword : password, null);
    }

    /**
     * H2 in a file in the data directory. Commands of the same user may open it while a service has it open, if the service's
     * process has set the system property {@code h2.bindAddress} to a loopback address before it touched H2. Without that
     * property H2 would listen on all addresses, so then no port is opened and the file is kept to one process.
     */
    public static LedgerAddress inDirectory(Path dataDirectory) {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("ledger");
        if (directory.toString().contains(";")) {
            throw new IllegalArgumentException("the data directory's path must hold no semicolon: " + directory);
        }
        return new LedgerAddress(h2Url(List.of(H2 + "file:" + directory.resolve("ledger"))), "ledger", "", directory);
    }

    /** The database's name as H2 knows it, where commands are to be let in while a service has it open. */
    Optional<String> shared() {
        return directory != null && bindsLoopback(SysProperties.BIND_ADDRESS)
                ? Optional.of("file:" + directory.resolve("ledger")) : Optional.empty();
    }

    boolean isH2() {
        return url.startsWith(H2);
    }

    /** The URL for the driver, without user and password. */
    String url() {
        return url;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** The directory that only the runtime's own user may read, or null where the URL was given. */
    Path directory() {
        return directory;
    }

    /** The database's place, without parameters. */
    @Override
    public String toString() {
        return url.replaceFirst("[;?].*", "");
    }

    /** Takes a parameter out of the parts of a URL; its last value counts. */
    private static String parameter(List<String> parts, String name, boolean h2) {
        String prefix = name + "=";
        String value = null;
        for (String part : List.copyOf(parts)) {
            String start = part.substring(0, Math.min(part.length(), prefix.length()));
            if (h2 ? start.equalsIgnoreCase(prefix) : start.equals(prefix)) {
                String raw = part.substring(prefix.length());
                value = h2 ? raw : URLDecoder.decode(raw, StandardCharsets.UTF_8);
                parts.remove(part);
            }
        }
        return value;
    }

    private static String h2Url(List<String> parts) {
        List<String> names = H2_NEEDS.stream().map(LedgerAddress::nameOf).toList();
        Stream<String> kept = parts.stream().filter(part -> part.startsWith(H2) || !names.contains(nameOf(part)));
        return String.join(";", Stream.concat(kept, H2_NEEDS.stream()).toList());
    }

    private static String nameOf(String parameter) {
        return parameter.replaceFirst("=.*", "").toUpperCase(Locale.ROOT);
    }

    private static String postgresUrl(List<String> parts) {
        String parameters = String.join("&", parts.subList(1, parts.size()));
        return parameters.isEmpty() ? parts.get(0) : parts.get(0) + "?" + parameters;
    }

    private static boolean bindsLoopback(String address) {
        try {
            return address != null && !address.isEmpty() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
