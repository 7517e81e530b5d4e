package io.liveresponse.promise;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets to be looked for, and the looking: as they are, in any case, URL-encoded, escaped, in hex, in Base64 at any offset. */
final class Canaries {

    /** What stands between these is the same in every encoding that leaves letters and digits alone. */
    private static final String SPECIAL = "[^A-Za-z0-9]+";
    private static final int SHORTEST = 8;
    private static final int RANDOM_BYTES = 12;
    private static final int SHOWN = 60;

    private final Map<String, String> folded = new ConcurrentHashMap<>();
    private final Map<String, String> exact = new ConcurrentHashMap<>();

    /** A new secret with everything in it that encodings change. */
    String fresh(String what) {
        return add(what, random() + "+/&<" + random());
    }

    /** A new secret of letters and digits only. */
    String freshWord(String what) {
        return add(what, random());
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "Kq" + HexFormat.of().formatHex(bytes) + "xZ";
    }

    /** @return the secret */
    String add(String what, String secret) {
        for (String part : secret.split(SPECIAL)) {
            if (part.length() < SHORTEST) {
                continue;
            }
            folded.put(part.toLowerCase(Locale.ROOT), what);
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            folded.put(HexFormat.of().formatHex(bytes), what + " in hex");
            for (int offset = 0; offset < 3; offset++) {
                exact.put(base64At(offset, bytes), what + " in Base64");
            }
        }
        return secret;
    }

    /** What Base64 always makes of the bytes where they begin so many bytes after a multiple of three. */
    private static String base64At(int offset, byte[] bytes) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int end = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
        return text.substring(offset == 0 ? 0 : offset + 1, end);
    }

    /** @return where, what and the text around it, for each found */
    List<String> findIn(String place, String text) {
        List<String> found = new ArrayList<>();
        find(place, text.toLowerCase(Locale.ROOT), text, folded, found);
        find(place, text.replace('-', '+').replace('_', '/'), text, exact, found);
        return found;
    }

    private static void find(String place, String searched, String shown, Map<String, String> needles, List<String> found) {
        new LinkedHashMap<>(needles).forEach((needle, what) -> {
            int at = searched.indexOf(needle);
            if (at >= 0) {
                found.add(place + " shows " + what + ": …" + shown.substring(Math.max(0, at - 3 * SHOWN), Math.min(shown.length(), at + SHOWN)) + "…");
            }
        });
    }
}
