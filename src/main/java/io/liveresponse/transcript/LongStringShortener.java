package io.liveresponse.transcript;

import io.liveresponse.model.CapturedText;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Passes JSON on, each string literal shortened to its first and last characters, so that a JSON parser behind it holds no more
 * than those however long the literal is. Lengths are counted in decoded characters, so no cut falls inside an escape, and none
 * between the halves of a surrogate pair. Padding around the root (NULs, byte order marks before it) becomes white space, which
 * a JSON parser skips. Everything else is passed on unchanged for the parser to judge. For one thread.
 */
final class LongStringShortener extends Reader {

    /**
     * One literal that was shortened.
     *
     * @param ordinal    its place among all literals of the text, keys included, from 1
     * @param headLength how many of the kept characters stand before the cut
     * @param missing    how many characters were left out at the cut
     * @param blank      whether the whole literal, what is left out included, is padding
     */
    record Cut(long ordinal, int headLength, long missing, boolean blank) {
    }

    private enum State {
        OUTSIDE, TEXT, ESCAPE, UNICODE, BROKEN
    }

    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final Reader source;
    private final int maxHead;
    private final char[] ring;
    private final char[] input = new char[8_192];
    private final StringBuilder output = new StringBuilder();
    private final Deque<Cut> cuts = new ArrayDeque<>();
    private int given;

    private State state = State.OUTSIDE;
    private char firstCharacter;
    private int depth;
    private long ordinal;
    private int headLength;
    private boolean headFull;
    private long behindHead;
    private int ringEnd;
    private boolean blank;
    private int unicodeDigits;
    private int unicodeValue;

    /** @param maxTail how many of the last characters are kept, beside {@code maxHead} first ones; both at least 2 */
    LongStringShortener(Reader source, int maxHead, int maxTail) {
        this.source = source;
        this.maxHead = maxHead;
        // one more than is kept: whether the tail would begin with half a pair is seen by the character before it
        this.ring = new char[maxTail + 1];
    }

    /** The first character that is not padding, or NUL if there was none yet. */
    char firstCharacter() {
        return firstCharacter;
    }

    /** The cut made in the literal, or null for none; ordinals must be requested in ascending order. */
    Cut cutOf(long literal) {
        while (!cuts.isEmpty() && cuts.peek().ordinal() < literal) {
            cuts.remove();
        }
        return !cuts.isEmpty() && cuts.peek().ordinal() == literal ? cuts.peek() : null;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        while (given == output.length()) {
            output.setLength(0);
            given = 0;
            if (state == State.BROKEN) {
                throw new UnreadableException(UnreadableReason.MALFORMED);
            }
            int count = source.read(input, 0, input.length);
            if (count < 0) {
                return -1;
            }
            for (int i = 0; i < count && state != State.BROKEN; i++) {
                accept(input[i]);
            }
        }
        int count = Math.min(length, output.length() - given);
        output.getChars(given, given + count, target, offset);
        given += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void accept(char c) {
        switch (state) {
            case TEXT -> inText(c);
            case ESCAPE -> inEscape(c);
            case UNICODE -> inUnicode(c);
            default -> outside(c);
        }
    }

    private void outside(char c) {
        if (firstCharacter == 0 && c != 0 && c != '\uFEFF' && !Character.isWhitespace(c)) {
            firstCharacter = c;
        }
        switch (c) {
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            case '"' -> begin();
            default -> {
            }
        }
        boolean padding = depth == 0 && (c == 0 || c == '\uFEFF' && firstCharacter == 0);
        output.append(padding ? ' ' : c);
    }

    private void begin() {
        state = State.TEXT;
        ordinal++;
        headLength = 0;
        headFull = false;
        behindHead = 0;
        ringEnd = 0;
        blank = true;
    }

    private void inText(char c) {
        if (c == '"') {
            end();
        } else if (c == '\\') {
            state = State.ESCAPE;
        } else {
            decoded(c);
        }
    }

    private void inEscape(char c) {
        int which = ESCAPES.indexOf(c);
        if (c == 'u') {
            state = State.UNICODE;
            unicodeDigits = 0;
            unicodeValue = 0;
        } else if (which < 0) {
            state = State.BROKEN;
        } else {
            state = State.TEXT;
            decoded(ESCAPED.charAt(which));
        }
    }

    private void inUnicode(char c) {
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            state = State.BROKEN;
            return;
        }
        unicodeValue = unicodeValue << 4 | digit;
        if (++unicodeDigits == 4) {
            state = State.TEXT;
            decoded((char) unicodeValue);
        }
    }

    private void decoded(char c) {
        blank = blank && CapturedText.isPadding(c);
        if (!headFull) {
            headFull = headLength == maxHead || headLength == maxHead - 1 && Character.isHighSurrogate(c);
        }
        if (!headFull) {
            headLength++;
            encode(c);
        } else {
            ring[ringEnd] = c;
            ringEnd = ringEnd + 1 == ring.length ? 0 : ringEnd + 1;
            behindHead++;
        }
    }

    private void end() {
        int held = (int) Math.min(behindHead, ring.length);
        int start = (ringEnd - held + ring.length) % ring.length;
        if (behindHead >= ring.length) {
            boolean pair = Character.isSurrogatePair(ring[start], ring[(start + 1) % ring.length]);
            int left = pair ? 2 : 1;
            held -= left;
            start += left;
            cuts.add(new Cut(ordinal, headLength, behindHead - held, blank));
        }
        for (int i = 0; i < held; i++) {
            encode(ring[(start + i) % ring.length]);
        }
        output.append('"');
        state = State.OUTSIDE;
    }

    private void encode(char c) {
        if (c == '"' || c == '\\') {
            output.append('\\');
        }
        output.append(c);
    }
}
