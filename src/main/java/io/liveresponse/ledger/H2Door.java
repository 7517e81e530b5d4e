package io.liveresponse.ledger;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.tools.Server;

/**
 * Lets commands of the same user on the same machine into the H2 file that a running service has open: a port on loopback,
 * under a random key that stands in a file beside the database, in a directory only that user can read.
 *
 * <p>H2's own {@code AUTO_SERVER} would do the same but insists on closing the database as soon as the JVM begins to stop,
 * before the routes have settled what they hold.
 */
final class H2Door implements AutoCloseable {

    private static final String FILE = "ledger.door";
    private static final int KEY_BITS = 160;

    private final Server server;
    private final Path file;

    private H2Door(Server server, Path file) {
        this.server = server;
        this.file = file;
    }

    static H2Door open(Path directory, String database) throws SQLException {
        String key = new BigInteger(KEY_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
        Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, database).start();
        Path file = directory.resolve(FILE);
        try {
            Files.writeString(file, server.getPort() + "/" + key);
        } catch (IOException e) {
            server.stop();
            throw new SQLException("the file " + file + " cannot be written: " + e);
        }
        return new H2Door(server, file);
    }

    /** The URL of a service that has, or had, the database open; holds the key. */
    static Optional<String> find(Path directory) throws SQLException {
        try {
            return Optional.of("jdbc:h2:tcp://127.0.0.1:" + Files.readString(directory.resolve(FILE)).strip()
                    + ";NETWORK_TIMEOUT=10000");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new SQLException("the directory " + directory + " cannot be read: " + e);
        }
    }

    @Override
    public void close() {
        server.stop();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // a door that leads nowhere does no harm: commands then open the file itself
        }
    }
}
