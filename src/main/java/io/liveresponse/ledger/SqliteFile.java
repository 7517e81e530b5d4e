package io.liveresponse.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's file and how it is opened: a commit is on the disk when it returns, readers wait for no writer and no writer for
 * readers. No other code of this process may open the file: on POSIX systems closing any descriptor of it drops SQLite's locks.
 */
final class SqliteFile {

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final String LIBRARY_PATH = "org.sqlite.lib.path";
    private static final String LIBRARY_NAME = "org.sqlite.lib.name";

    private final Path file;

    SqliteFile(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** @throws LedgerUnavailableException where the directory cannot be made */
    void makeDirectory() {
        Path directory = file.getParent();
        try {
            Files.createDirectories(directory);
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new LedgerUnavailableException("the ledger's directory " + directory + " cannot be made: " + e);
        }
    }

    /** @param create whether the file is made where there is none */
    DataSource dataSource(boolean create) {
        provideLibrary();
        SQLiteConfig config = new SQLiteConfig();
        if (!create) {
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // a transaction that first reads and then writes would fail if another process wrote in between
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.enforceForeignKeys(true);
        // there may be no writable directory for temporary files
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /**
     * Puts the driver's native library beside the file, once, unless the JVM's properties say where it is. By itself the driver
     * unpacks it to the temporary directory on each start, which may be mounted noexec, and leaves it there on kill -9.
     */
    private void provideLibrary() {
        if (System.getProperty(LIBRARY_PATH) != null || System.getProperty("org.sqlite.tmpdir") != null) {
            return;
        }
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        Path library = file.resolveSibling("native").resolve(SQLiteJDBCLoader.getVersion()).resolve(LibraryLoaderUtil.getNativeLibName());
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                // a platform that the driver brings no library for may have one installed
                return;
            }
            if (!Files.exists(library)) {
                Files.createDirectories(library.getParent());
                Path part = Files.createTempFile(library.getParent(), "part", null);
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            }
            System.setProperty(LIBRARY_NAME, library.getFileName().toString());
            System.setProperty(LIBRARY_PATH, library.getParent().toString());
        } catch (IOException e) {
            throw new LedgerUnavailableException("SQLite's native library cannot be written to " + library + ": " + e);
        }
    }
}
