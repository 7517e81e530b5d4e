package io.liveresponse.model;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A file name that is safe on Windows and Linux alike, from a path on the device or a name that the store offers: both are
 * remote text. It is never empty, hidden only if the device's own file is, and holds nothing that Camel's file component evaluates.
 */
public final class SafeFileName {

    /** Leaves room for a result's key before the name, on file systems with a limit of 255 bytes. */
    public static final int MAX_BYTES = 150;

    private static final String FALLBACK = "retrieved-file";
    private static final int MAX_EXTENSION_BYTES = 20;
    // with { and } Camel would evaluate ${…} and {{…}} in a name
    private static final String FORBIDDEN = "<>:\"/\\|?*{}";
    // Microsoft's page "Naming files, paths, and namespaces": reserved whatever the extension, superscript digits included
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])\\s*(\\..*)?");

    private SafeFileName() {
    }

    /**
     * @param remotePath a path ({@code C:\x\y.txt}, {@code \\server\share\y.txt}, {@code /var/log/y}) or a bare name; null is empty
     * @return its last part, at most {@value #MAX_BYTES} bytes of UTF-8
     */
    public static String of(String remotePath) {
        String path = remotePath == null ? "" : remotePath;
        // on Linux a backslash is not a separator and may be part of a name
        int lastPart = path.startsWith("/") ? path.lastIndexOf('/') : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        StringBuilder name = new StringBuilder();
        path.substring(lastPart + 1).codePoints().forEach(c -> name.appendCodePoint(isAllowed(c) ? c : '_'));
        String trimmed = trimmed(name.toString());
        // a shell would read a dash as an option and a tilde as a home directory
        boolean special = RESERVED.matcher(trimmed).matches() || trimmed.startsWith("-") || trimmed.startsWith("~");
        String shortened = shortened(special ? "_" + trimmed : trimmed);
        return shortened.isEmpty() ? FALLBACK : shortened;
    }

    private static boolean isAllowed(int c) {
        return c != '\n' && c != '\t' && !VisibleCharacters.isHidden(c) && FORBIDDEN.indexOf(c) < 0;
    }

    /** Windows drops dots and blanks at the end, so two names could be one file; with nothing but dots left there is no name. */
    private static String trimmed(String name) {
        int start = 0;
        while (start < name.length() && isBlank(name.charAt(start))) {
            start++;
        }
        int end = name.length();
        while (end > start && (isBlank(name.charAt(end - 1)) || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String shortened(String name) {
        if (bytes(name) <= MAX_BYTES) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && bytes(name.substring(dot)) <= MAX_EXTENSION_BYTES ? name.substring(dot) : "";
        int room = MAX_BYTES - bytes(extension);
        // each character has at least one byte, so no more of a long name need be read
        int end = Math.min(name.length() - extension.length(), room);
        if (Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        while (bytes(name.substring(0, end)) > room) {
            end = name.offsetByCodePoints(end, -1);
        }
        return trimmed(name.substring(0, end)) + extension;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
