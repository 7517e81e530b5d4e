package io.liveresponse.intake;

import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Header;

/** The key that callers of {@code intake-http} have to show. Thread-safe; shows itself in no text. */
public final class ApiKey {

    private static final String SETTING = "live-response.intake.http.api-key";
    private static final String FILE = "intake-http.key";
    private static final int RANDOM_BYTES = 32;

    private final byte[] key;

    private ApiKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The key of the settings, else that of an earlier run in the data directory, else a new one, which only the process's own
     * user may read there.
     *
     * @param secret is told the key, to keep it out of logs
     * @param show   is told the file's name and a new key, the one time it is shown
     * @throws UncheckedIOException where the data directory cannot be read or written
     */
    public static ApiKey of(Settings settings, Consumer<String> secret, Consumer<String> show) {
        String key = settings.find(SETTING).orElseGet(() -> kept(settings.path("live-response.data-directory").resolve(FILE), show));
        secret.accept(key);
        return new ApiKey(key);
    }

    private static String kept(Path file, Consumer<String> show) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                String made = random();
                write(file, made);
                show.accept("intake-http has made itself a key, shown this once and kept in " + file
                        + "; callers send it as the header X-API-Key: " + made);
            }
        } catch (FileAlreadyExistsException e) {
            // another process was faster; its key is the one
        } catch (IOException e) {
            throw new UncheckedIOException("the key of intake-http cannot be kept in " + file + "; give " + SETTING, e);
        }
        try {
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new IOException("it is empty");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the key of intake-http cannot be read from " + file + "; delete it to have another made", e);
        }
    }

    private static void write(Path file, String key) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap((key + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes the same time wherever the two differ. */
    public boolean fits(@Header("X-API-Key") String shown) {
        return shown != null && MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8));
    }
}
