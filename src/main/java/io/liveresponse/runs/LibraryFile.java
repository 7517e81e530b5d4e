package io.liveresponse.runs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * A file of a directory, compared with the live response library. Files of the library that are not in the directory are nobody's business here.
 *
 * @param name   as in the library
 * @param sha256 of the bytes in the directory, lower case
 * @param state  how the library differs
 * @param path   where it is
 */
public record LibraryFile(String name, String sha256, State state, Path path) {

    /** What the API takes, in bytes. */
    private static final long LARGEST = 20L << 20;

    /** How the library differs from the directory. */
    public enum State {
        /** The library has the same bytes. */
        SAME,
        /** The library has no file of this name. */
        MISSING,
        /** The library has other bytes. */
        DIFFERENT,
        /** The API takes no more than 20 MB. */
        TOO_LARGE
    }

    /** The parts of an upload: content type and bytes. */
    public record Upload(String contentType, byte[] body) {
    }

    /**
     * The files of a directory, by name; subdirectories and hidden files are left out.
     *
     * @throws IOException if one cannot be read
     */
    public static List<LibraryFile> compare(Path directory, LibraryList library) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.list(directory)) {
            paths = all.filter(path -> Files.isRegularFile(path) && !path.getFileName().toString().startsWith(".")).sorted().toList();
        }
        List<LibraryFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = path.getFileName().toString();
            if (Files.size(path) > LARGEST) {
                files.add(new LibraryFile(name, null, State.TOO_LARGE, path));
                continue;
            }
            String sha256 = DigestUtils.sha256Hex(Files.readAllBytes(path));
            State state = library.find(name).isEmpty()
                    ? State.MISSING
                    : library.sha256(name).filter(sha256::equals).isPresent() ? State.SAME : State.DIFFERENT;
            files.add(new LibraryFile(name, sha256, state, path));
        }
        return files;
    }

    /**
     * The upload as the documentation's curl example has it.
     *
     * @throws IOException if the file cannot be read
     */
    public Upload upload() throws IOException {
        HttpEntity form = MultipartEntityBuilder.create().setMode(HttpMultipartMode.LEGACY).setCharset(StandardCharsets.UTF_8)
                .addTextBody("OverrideIfExists", String.valueOf(state == State.DIFFERENT))
                .addTextBody("HasParameters", "false")
                .addTextBody("Description", "sha256 " + sha256)
                .addBinaryBody("file", path.toFile(), ContentType.APPLICATION_OCTET_STREAM, name).build();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.writeTo(body);
        return new Upload(form.getContentType(), body.toByteArray());
    }
}
