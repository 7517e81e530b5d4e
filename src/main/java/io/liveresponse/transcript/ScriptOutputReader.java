package io.liveresponse.transcript;

import java.io.IOException;
import java.io.Reader;

/**
 * Reads {@code script_output} alone out of a transcript, decoded and whole, in memory that does not grow with it. The transcript was
 * judged by {@link TranscriptReader} before; this reader only finds the field in it. A transcript without the field reads as empty.
 * Halves of surrogate pairs become U+FFFD. Not thread-safe.
 */
final class ScriptOutputReader extends Reader {

    private static final String FIELD = "script_output";
    private static final int NONE = -1;

    private final Reader source;
    private final char[] input = new char[8_192];
    private int position;
    private int limit;
    private boolean found;
    private boolean ended;
    private int held = NONE;
    /** Whether {@link #held} is the second half of a pair whose first half filled the caller's buffer. */
    private boolean secondHalf;

    ScriptOutputReader(Reader source) {
        this.source = source;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (!found && !ended) {
            found = find();
            ended = !found;
        }
        int count = 0;
        while (count < length && !ended) {
            int c = held == NONE ? decoded() : held;
            held = NONE;
            if (c == NONE) {
                ended = true;
            } else if (Character.isHighSurrogate((char) c)) {
                int next = decoded();
                boolean pair = next != NONE && Character.isLowSurrogate((char) next);
                target[offset + count++] = pair ? (char) c : '\uFFFD';
                if (pair && count < length) {
                    target[offset + count++] = (char) next;
                } else {
                    held = next;
                    secondHalf = pair;
                    ended = next == NONE;
                }
            } else {
                target[offset + count++] = Character.isLowSurrogate((char) c) && !secondHalf ? '\uFFFD' : (char) c;
                secondHalf = false;
            }
        }
        return count == 0 && length > 0 ? NONE : count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    /** Moves behind the opening quote of the field's text; false if the transcript has none. */
    private boolean find() throws IOException {
        int depth = 0;
        boolean key = false;
        String name = "";
        for (int c = next(); c != NONE; c = next()) {
            switch (c) {
                case '{', '[' -> {
                    depth++;
                    key = depth == 1;
                }
                case '}', ']' -> depth--;
                case ',' -> key = depth == 1;
                case ':' -> key = false;
                case '"' -> {
                    if (depth == 1 && !key && name.equals(FIELD)) {
                        return true;
                    }
                    String text = text();
                    name = depth == 1 && key ? text : depth == 1 ? "" : name;
                }
                default -> {
                }
            }
        }
        return false;
    }

    /** A string that is not the one looked for: its first characters, which are enough to tell. */
    private String text() throws IOException {
        StringBuilder start = new StringBuilder();
        for (int c = decoded(); c != NONE; c = decoded()) {
            if (start.length() <= FIELD.length()) {
                start.append((char) c);
            }
        }
        return start.toString();
    }

    /** The next character of a string, or {@link #NONE} behind its closing quote. */
    private int decoded() throws IOException {
        int c = require();
        if (c == '"') {
            return NONE;
        }
        if (c != '\\') {
            return c;
        }
        int escape = require();
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '\\', '/' -> escape;
            case 'u' -> unicode();
            default -> throw new UnreadableException(UnreadableReason.MALFORMED);
        };
    }

    private int unicode() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = require();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new UnreadableException(UnreadableReason.MALFORMED);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int require() throws IOException {
        int c = next();
        if (c == NONE) {
            throw new UnreadableException(UnreadableReason.CUT_SHORT);
        }
        return c;
    }

    private int next() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(source.read(input, 0, input.length), 0);
            if (limit == 0) {
                return NONE;
            }
        }
        return input[position++];
    }
}
