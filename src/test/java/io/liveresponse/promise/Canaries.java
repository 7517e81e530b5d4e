package io.liveresponse.promise;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Secrets to be looked for, and the looking: as they are, in any case, URL-encoded, escaped, in hex, in Base64 at any offset. One
 * walk over a text finds them all, since a log at TRACE has a hundred megabytes. For one thread.
 */
final class Canaries {

    /** What stands between these is the same in every encoding that leaves letters and digits alone. */
    private static final String SPECIAL = "[^A-Za-z0-9]+";
    /** A part of fewer characters is not looked for; by so many each is found. */
    private static final int SHORTEST = Long.BYTES;
    private static final int RANDOM_BYTES = 12;
    private static final int SHOWN = 60;
    private static final int FILTER = 1 << 20;

    private record Needle(String text, String what, boolean anyCase) {
    }

    private final Map<Long, List<Needle>> needles = new HashMap<>();
    private final boolean[] filter = new boolean[FILTER];
    private final Set<Needle> known = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private final List<String> found = new ArrayList<>();

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
            addText(what, part);
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            addText(what + " in hex", HexFormat.of().formatHex(bytes));
            for (int offset = 0; offset < 3; offset++) {
                add(new Needle(base64At(offset, bytes), what + " in Base64", false));
            }
        }
        return secret;
    }

    /** A text of at least {@value #SHORTEST} characters that is looked for as it is, in any case. */
    void addText(String what, String text) {
        add(new Needle(text.toLowerCase(Locale.ROOT), what, true));
    }

    private void add(Needle needle) {
        if (known.add(needle)) {
            long window = 0;
            for (int i = 0; i < SHORTEST; i++) {
                window = window << Byte.SIZE | needle.text().charAt(i);
            }
            needles.computeIfAbsent(window, any -> new ArrayList<>()).add(needle);
            filter[slot(window)] = true;
        }
    }

    /** What Base64 always makes of the bytes where they begin so many bytes after a multiple of three. */
    private static String base64At(int offset, byte[] bytes) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int end = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
        return text.substring(offset == 0 ? 0 : offset + 1, end);
    }

    void look(String place, String text) {
        long folded = 0;
        long exact = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded = folded << Byte.SIZE | lower(c) & 0xff;
            exact = exact << Byte.SIZE | standard(c) & 0xff;
            if (filter[slot(folded)]) {
                find(place, text, i + 1 - SHORTEST, folded);
            }
            if (exact != folded && filter[slot(exact)]) {
                find(place, text, i + 1 - SHORTEST, exact);
            }
        }
    }

    /** Where, what and the text around it, once for each place and secret. */
    List<String> found() {
        return found;
    }

    private void find(String place, String text, int start, long window) {
        for (Needle needle : needles.getOrDefault(window, List.of())) {
            int end = start + needle.text().length();
            if (start < 0 || end > text.length() || !matches(needle, text.substring(start, end))) {
                continue;
            }
            if (told.add(place + needle.what())) {
                found.add(place + " shows " + needle.what() + ": …"
                        + text.substring(Math.max(0, start - 3 * SHOWN), Math.min(text.length(), start + SHOWN)) + "…");
            }
        }
    }

    private static boolean matches(Needle needle, String text) {
        return needle.anyCase()
                ? needle.text().equals(text.toLowerCase(Locale.ROOT))
                : needle.text().equals(text.replace('-', '+').replace('_', '/'));
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }

    /** Of the two alphabets of Base64 the standard one. */
    private static char standard(char c) {
        return c == '-' ? '+' : c == '_' ? '/' : c;
    }

    private static int slot(long window) {
        return (int) (window * 0x9e37_79b9_7f4a_7c15L >>> Long.SIZE - 20);
    }
}
