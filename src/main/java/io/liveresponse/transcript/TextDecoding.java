package io.liveresponse.transcript;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * Finds a JSON text's encoding: by its byte order mark, else by the position of the zero bytes around its first two characters,
 * which are ASCII in any JSON object (RFC 4627, section 3). What is neither form of UTF-16 is read by {@link LenientUtf8Reader}.
 */
final class TextDecoding {

    private static final int SAMPLE = 4_096;

    private TextDecoding() {
    }

    /** A reader that begins behind the byte order mark, if there is one. */
    static Reader open(InputStream source) throws IOException {
        BufferedInputStream in = new BufferedInputStream(source);
        in.mark(SAMPLE);
        byte[] start = in.readNBytes(SAMPLE);
        in.reset();
        if (startsWith(start, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
            return new LenientUtf8Reader(in);
        }
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            return new InputStreamReader(in, StandardCharsets.UTF_16);
        }
        int first = 0;
        while (first < start.length && start[first] == 0) {
            first++;
        }
        if (everyOtherIsZero(start, first)) {
            return new InputStreamReader(in, first % 2 == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        return new LenientUtf8Reader(in);
    }

    /** Two units of UTF-16 from {@code first} on; in its big-endian form the fourth byte is the high half of the third unit. */
    private static boolean everyOtherIsZero(byte[] start, int first) {
        return first + 3 < start.length && start[first + 1] == 0 && start[first + 2] != 0 && start[first + 3] == 0;
    }

    private static boolean startsWith(byte[] start, int... mark) {
        if (start.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
