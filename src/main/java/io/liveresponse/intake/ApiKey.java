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
import org.apache.camel.CamelAuthorizationException;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The key that callers of {@code intake-http} send. Thread-safe; its text form does not show it. */
public final class ApiKey {

    private static final String SETTING = "live-response.intake.http.api-key";
    private static final String FILE = "intake-http.key";
    private static final int RANDOM_BYTES = 32;

    private final byte[] key;

    private ApiKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The key of the settings, else the one kept in the data directory, else a generated one, which is kept there, readable by the
     * process's own user only.
     *
     * @param secret receives the key, to keep it out of logs
     * @param show   receives the file's name and a generated key, the only time that it is shown
     * @throws UncheckedIOException if the data directory cannot be read or written
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
                show.accept("intake-http generated a key, shown only now and kept in " + file
                        + "; callers send it as the header X-API-Key: " + made);
            }
        } catch (FileAlreadyExistsException e) {
            // another process was faster; its key is used
        } catch (IOException e) {
            throw new UncheckedIOException("the key of intake-http cannot be kept in " + file + "; make it writable or set " + SETTING, e);
        }
        try {
            String key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new IOException("it is empty");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the key of intake-http cannot be read from " + file + "; delete it to generate another", e);
        }
    }

    private static void write(Path file, String key) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
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

    /**
     * Compares in constant time.
     *
     * @param shown null if the caller sends none
     * @throws CamelAuthorizationException if it is not the key
     */
    public void check(@Header("X-API-Key") String shown, Exchange exchange) throws CamelAuthorizationException {
        if (shown == null || !MessageDigest.isEqual(key, shown.getBytes(StandardCharsets.UTF_8))) {
            throw new CamelAuthorizationException("the header X-API-Key is missing or not the key of intake-http", exchange);
        }
    }
}
