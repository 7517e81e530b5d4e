package io.liveresponse.model;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A file name that is safe on Windows and Linux alike, from a path on the device or a name that the store offers: both are
 * remote text. It is never empty, hidden only where the device's own file is, and means nothing to Camel's file component.
 */
public final class SafeFileName {

    /** What leaves room for a result's key before the name, in file systems that take 255 bytes. */
    public static final int MAX_BYTES = 150;

    private static final String FALLBACK = "retrieved-file";
    private static final int MAX_EXTENSION_BYTES = 20;
    // with { and } Camel would evaluate ${…} and {{…}} in a name
    private static final String FORBIDDEN = "<>:\"/\\|?*{}";
    // Microsoft's page "Naming files, paths, and namespaces": reserved whatever the extension, superscript digits included
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])\\s*(\\..*)?");

    private SafeFileName() {
    }

    /**
     * @param remotePath a path ({@code C:\x\y.txt}, {@code \\server\share\y.txt}, {@code /var/log/y}) or a bare name; null is empty
     * @return its last part, at most {@value #MAX_BYTES} bytes of UTF-8
     */
    public static String of(String remotePath) {
        String path = remotePath == null ? "" : remotePath;
        // a backslash parts nothing on Linux, where it may be inside a name
        int lastPart = path.startsWith("/") ? path.lastIndexOf('/') : Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        StringBuilder name = new StringBuilder();
        path.substring(lastPart + 1).codePoints().forEach(c -> name.appendCodePoint(isAllowed(c) ? c : '_'));
        String trimmed = trimmed(name.toString());
        // a shell would take a dash for an option and a tilde for a home
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
        // no character takes less than a byte, so a name of any length is looked at only so far
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
