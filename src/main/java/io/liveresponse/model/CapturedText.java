package io.liveresponse.model;

/**
 * The beginning and the end of one stream of a script, so that memory does not grow with the result.
 *
 * @param head   the first characters, decoded but otherwise as the device sent them; never null
 * @param tail   the last characters if the text is longer than {@code head}, else empty; never overlaps {@code head}
 * @param length how many characters (UTF-16 units) the whole has; {@code head.length() + tail.length()} of them are here
 */
public record CapturedText(String head, String tail, long length) {

    public static final CapturedText EMPTY = new CapturedText("", "", 0);

    /** How many characters between head and tail are left out. */
    public long missing() {
        return length - head.length() - tail.length();
    }

    /** True if there is nothing but white space and control characters (a transcript is often padded with NULs). */
    public boolean isBlank() {
        return missing() == 0 && head.chars().allMatch(CapturedText::isPadding) && tail.chars().allMatch(CapturedText::isPadding);
    }

    public static boolean isPadding(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }
}
