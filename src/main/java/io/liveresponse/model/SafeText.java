package io.liveresponse.model;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Text from outside, made safe to show to a person: characters that cannot be seen or that change the direction of writing are
 * made visible, and what is left out is said exactly, in characters (UTF-16 units) of the original. It is a view: a script can
 * write what looks like such an escape or note itself, so what has to be certain is read from the kept bytes. Immutable.
 */
public final class SafeText {

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}]+");
    // the full-width forms are formulas too in a spreadsheet with an East Asian locale
    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final int ROOM_FOR_NOTE = 64;

    private final String head;
    private final String tail;
    private final long missing;

    private SafeText(String head, String tail, long missing) {
        this.head = missing == 0 ? head + tail : head;
        this.tail = missing == 0 ? "" : tail;
        this.missing = missing;
    }

    /** @param text null is empty */
    public static SafeText of(String text) {
        return new SafeText(text == null ? "" : text, "", 0);
    }

    public static SafeText of(CapturedText text) {
        return new SafeText(text.head(), text.tail(), text.missing());
    }

    /** How many characters of the original are not shown. */
    public long missing() {
        return missing;
    }

    /** At most this many lines of the beginning and of the end. */
    public SafeText firstAndLast(int lines) {
        return cut(TextCut.afterLines(head, lines), TextCut.beforeLines(end(), lines));
    }

    /**
     * Cut in the middle until {@link #plain()} has at most this many lines and characters, the note about what is left out
     * included.
     *
     * @param maxLines      at least 3
     * @param maxCharacters at least 100
     */
    public SafeText limit(int maxLines, int maxCharacters) {
        if (maxLines < 3 || maxCharacters < 100) {
            throw new IllegalArgumentException("a limit must leave room for the note: 3 lines, 100 characters");
        }
        if (missing == 0 && TextCut.afterLines(head, maxLines) == head.length()
                && TextCut.afterWidth(head, maxCharacters) == head.length()) {
            return this;
        }
        int lines = maxLines - 1;
        int characters = maxCharacters - ROOM_FOR_NOTE;
        return cut(
                Math.min(TextCut.afterLines(head, lines - lines / 2), TextCut.afterWidth(head, characters - characters / 2)),
                Math.max(TextCut.beforeLines(end(), lines / 2), TextCut.beforeWidth(end(), characters / 2)));
    }

    /** For mail, tickets and files: line feeds and tabs are kept, CR LF is one line feed, all else hidden is visible. */
    public String plain() {
        return show(VisibleCharacters::of, "\n", "…");
    }

    /**
     * For a subject, a name or a row of a table: no line break, white space as single spaces, none at either end.
     *
     * @param maxCharacters how long it may be, the note about what is left out included; at least 100
     */
    public String line(int maxCharacters) {
        String line = limit(Integer.MAX_VALUE, maxCharacters).show(VisibleCharacters::of, " ", "…");
        return WHITE_SPACE.matcher(line).replaceAll(" ").strip();
    }

    /** {@link #plain()} for an HTML element's content or a quoted attribute; {@code white-space: pre-wrap} keeps its line feeds. */
    public String html() {
        return plain()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /**
     * {@link #plain()} as a value for a CSV writer: what a spreadsheet would read as a formula becomes text. The writer must
     * quote every value, or one that holds a semicolon would begin a new cell in some languages.
     */
    public String csvCell() {
        return isFormula() ? "'" + plain() : plain();
    }

    /** {@link #plain()}, with characters that the terminal's character set lacks as escapes, not question marks. */
    public String terminal(Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        IntFunction<String> shown = character -> {
            String visible = VisibleCharacters.of(character);
            return encoder.canEncode(visible) ? visible : VisibleCharacters.escape(character);
        };
        return show(shown, "\n", encoder.canEncode('…') ? "…" : "...");
    }

    /** Spreadsheets skip white space, and some what cannot be seen or quotes, before they look for a formula. */
    private boolean isFormula() {
        return head.startsWith("\t") || head.startsWith("\r") || head.codePoints()
                .filter(c -> !CapturedText.isPadding(c) && !VisibleCharacters.isHidden(c) && c != '"')
                .limit(1)
                .anyMatch(c -> FORMULA_STARTS.indexOf(c) >= 0);
    }

    private String end() {
        return missing == 0 ? head : tail;
    }

    private SafeText cut(int headEnd, int tailStart) {
        if (missing > 0) {
            long leftOut = missing + head.length() - headEnd + tailStart;
            return new SafeText(head.substring(0, headEnd), tail.substring(tailStart), leftOut);
        }
        return headEnd >= tailStart
                ? this
                : new SafeText(head.substring(0, headEnd), head.substring(tailStart), tailStart - headEnd);
    }

    private String show(IntFunction<String> shown, String separator, String ellipsis) {
        StringBuilder text = new StringBuilder(head.length() + tail.length() + ROOM_FOR_NOTE);
        show(head, shown, text);
        if (missing > 0) {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append(separator);
            }
            text.append(String.format(Locale.ROOT, "%s %,d characters left out %s%s", ellipsis, missing, ellipsis, separator));
            show(tail, shown, text);
        }
        return text.toString();
    }

    private static void show(String raw, IntFunction<String> shown, StringBuilder target) {
        for (int i = 0; i < raw.length(); i += Character.charCount(raw.codePointAt(i))) {
            if (!raw.startsWith("\r\n", i)) {
                target.append(shown.apply(raw.codePointAt(i)));
            }
        }
    }
}
