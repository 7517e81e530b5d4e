package io.liveresponse.ledger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the ledger's database is and who signs in. A password in the URL is taken out of it, so that no message
 * can show it. Immutable.
 */
public final class LedgerAddress {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String FILE = "ledger.db";

    private final String url;
    private final String user;
    private final String password;
    private final Path file;

    private LedgerAddress(String url, String user, String password, Path file) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.file = file;
    }

    /**
     * @param url      {@code jdbc:postgresql://host:port/database…}
     * @param user     the login, or null where the URL says or none is needed
     * @param password its password, or null likewise
     * @throws IllegalArgumentException where the URL is of another kind; the message holds no password
     */
    public static LedgerAddress of(String url, String user, String password) {
        String text = url.strip();
        if (!text.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("the ledger's URL must start with " + POSTGRESQL + "//; for the embedded ledger, "
                    + "which is SQLite in the data directory, leave live-response.ledger.url out");
        }
        if (text.replaceFirst("\\?.*", "").contains("@")) {
            throw new IllegalArgumentException("the ledger's URL must hold no user and password before the host");
        }
        List<String> parts = new ArrayList<>(List.of(text.split("[?&]")));
        String foundUser = parameter(parts, "user");
        String foundPassword = parameter(parts, "password");
        String parameters = String.join("&", parts.subList(1, parts.size()));
        return new LedgerAddress(
                parameters.isEmpty() ? parts.get(0) : parts.get(0) + "?" + parameters,
                user == null ? foundUser : user, password == null ? foundPassword : password, null);
    }

    /**
     * SQLite in the directory {@code ledger} of the data directory. Several processes of the same machine may have it open; a
     * network file system will not do, since its locks cannot be relied on.
     */
    public static LedgerAddress inDirectory(Path dataDirectory) {
        Path file = dataDirectory.toAbsolutePath().normalize().resolve("ledger").resolve(FILE);
        if (file.toString().contains("?")) {
            throw new IllegalArgumentException("the data directory's path must hold no question mark: " + dataDirectory);
        }
        return new LedgerAddress("jdbc:sqlite:" + file, null, null, file);
    }

    Dialect dialect() {
        return file != null ? Dialect.SQLITE : Dialect.POSTGRESQL;
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

    /** SQLite's file, in a directory that only the runtime's own user may read; null for PostgreSQL. */
    Path file() {
        return file;
    }

    /** The database's place, without parameters. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }

    /** Takes a parameter out of the parts of a URL; its last value counts. */
    private static String parameter(List<String> parts, String name) {
        String prefix = name + "=";
        String value = null;
        for (String part : List.copyOf(parts)) {
            if (part.startsWith(prefix)) {
                value = URLDecoder.decode(part.substring(prefix.length()), StandardCharsets.UTF_8);
                parts.remove(part);
            }
        }
        return value;
    }
}
