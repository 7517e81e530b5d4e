package io.liveresponse.deliver.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One line, byte for byte.
 *
 * @param file   its file
 * @param number from 1
 * @param bytes  without the line feed
 * @param end    the place in the file behind its line feed, or behind its last byte if it has none
 * @param whole  whether it has a line feed
 */
record ChainLine(String file, int number, byte[] bytes, long end, boolean whole) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Null at the end. */
    static ChainLine next(InputStream in, String file, ChainLine before) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int read = in.read();
        while (read >= 0 && read != '\n') {
            bytes.write(read);
            read = in.read();
        }
        boolean whole = read == '\n';
        if (!whole && bytes.size() == 0) {
            return null;
        }
        long start = before == null ? 0 : before.end;
        return new ChainLine(file, before == null ? 1 : before.number + 1, bytes.toByteArray(), start + bytes.size() + (whole ? 1 : 0),
                whole);
    }

    String sha256() {
        return DigestUtils.sha256Hex(bytes);
    }

    /** Empty if the line is not one of the chain's. */
    Optional<JsonNode> json() {
        try {
            return Optional.ofNullable(JSON.readTree(bytes))
                    .filter(line -> line.path("previous").isTextual() && line.path("files").isObject());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    ChainProblem problem(ChainProblem.Code code, String message) {
        return new ChainProblem(file, number, code, message);
    }
}
