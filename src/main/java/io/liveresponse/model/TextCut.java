package io.liveresponse.model;

/** Where to cut a text: after its first or before its last lines or characters, never between the halves of a surrogate pair. */
final class TextCut {

    private TextCut() {
    }

    /** The offset behind the line feed of the last of the first {@code lines} lines. */
    static int afterLines(String text, int lines) {
        int end = 0;
        for (int line = 0; line < lines && end < text.length(); line++) {
            int feed = text.indexOf('\n', end);
            end = feed < 0 ? text.length() : feed + 1;
        }
        return end;
    }

    /** The offset of the first of the last {@code lines} lines; a line feed at the very end begins no further line. */
    static int beforeLines(String text, int lines) {
        int start = text.length();
        for (int line = 0; line < lines && start > 0; line++) {
            start = text.lastIndexOf('\n', start - 2) + 1;
        }
        return start;
    }

    /** The offset behind the longest beginning whose view has at most {@code width} characters. */
    static int afterWidth(String text, int width) {
        int end = 0;
        int left = width;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= VisibleCharacters.width(character);
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }

    /** The offset of the longest end whose view has at most {@code width} characters. */
    static int beforeWidth(String text, int width) {
        int start = text.length();
        int left = width;
        while (start > 0) {
            int character = text.codePointBefore(start);
            left -= VisibleCharacters.width(character);
            if (left < 0) {
                break;
            }
            start -= Character.charCount(character);
        }
        return start;
    }
}
