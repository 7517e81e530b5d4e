package io.liveresponse.rows;

import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.Reader;

/**
 * The lines of an output, in memory that does not grow with a line. Ends of lines are LF, CR LF and CR; NULs and white space at the
 * end of a line are left out, since transcripts are padded with them. For one thread.
 */
final class OutputLines {

    /** How many characters a record may have, and therefore a line. */
    static final int MAX_RECORD = 131_072;

    private static final String TRANSCRIPT_STARTED = "Transcript started, output file is ";

    private final Reader source;
    private final char[] input = new char[8_192];
    private int position;
    private int limit;
    private long number;
    private Line returned;

    OutputLines(Reader source) {
        this.source = source;
    }

    /**
     * One line.
     *
     * @param number  from 1
     * @param text    without its end; of a line that is too long, its beginning
     * @param tooLong if the line has more than {@link #MAX_RECORD} characters
     */
    record Line(long number, String text, boolean tooLong) {

        boolean isBlank() {
            return !tooLong && text.isEmpty();
        }

        RawRecord reject(RejectCode code) {
            return RawRecord.reject(number, tooLong ? RejectCode.LINE_TOO_LONG : code, text);
        }
    }

    /** The next line, or null behind the last. */
    Line next() throws IOException {
        if (returned != null) {
            Line line = returned;
            returned = null;
            return line;
        }
        if (peek() < 0) {
            return null;
        }
        number++;
        StringBuilder text = new StringBuilder();
        boolean tooLong = false;
        for (int c = take(); c >= 0 && c != '\n'; c = take()) {
            if (c == '\r') {
                if (peek() == '\n') {
                    take();
                }
                break;
            }
            if (text.length() < MAX_RECORD) {
                text.append((char) c);
            } else {
                tooLong |= !isPadding((char) c);
            }
        }
        int end = text.length();
        while (end > 0 && isPadding(text.charAt(end - 1))) {
            end--;
        }
        text.setLength(end);
        return new Line(number, text.toString(), tooLong);
    }

    /** Gives the line again at the next call of {@link #next}. */
    void unread(Line line) {
        returned = line;
    }

    /**
     * Moves to the first record: behind the line that PowerShell's transcript begins with and blank lines, and if {@code start} is
     * given behind the first line that holds a match.
     *
     * @return false if there is something, but no line matches {@code start}
     */
    boolean skipToRecords(Pattern start) throws IOException {
        Line line = next();
        while (line != null && (line.isBlank() || line.number() == 1 && line.text().startsWith(TRANSCRIPT_STARTED))) {
            line = next();
        }
        boolean blank = line == null;
        while (start != null && line != null && !start.matcher(line.text()).find()) {
            line = next();
        }
        if (start == null && line != null) {
            unread(line);
        }
        return start == null || line != null || blank;
    }

    /** {@link #skipToRecords} for a text that need not have lines, however long it is. */
    boolean skipToText(Pattern start) throws IOException {
        if (start != null) {
            return skipToRecords(start);
        }
        skipPadding();
        if (number == 0 && peek() == TRANSCRIPT_STARTED.charAt(0)) {
            Line line = next();
            if (!line.text().startsWith(TRANSCRIPT_STARTED)) {
                unread(line);
            }
        }
        skipPadding();
        return true;
    }

    private void skipPadding() throws IOException {
        while (returned == null && peek() >= 0 && isPadding((char) peek())) {
            number += take() == '\n' ? 1 : 0;
        }
    }

    /** The number of the line that comes next. */
    long nextNumber() {
        return returned == null ? number + 1 : returned.number();
    }

    /** What is left as one text, beginning with a line that was given back; a line too long to be held begins with its end. */
    Reader rest() {
        String held = returned == null ? "" : returned.text() + "\n";
        returned = null;
        return new Rest(held);
    }

    static boolean isPadding(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\ufeff';
    }

    private int peek() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(source.read(input, 0, input.length), 0);
        }
        return position == limit ? -1 : input[position];
    }

    private int take() throws IOException {
        int c = peek();
        position += c < 0 ? 0 : 1;
        return c;
    }

    private final class Rest extends Reader {

        private final String held;
        private int given;

        Rest(String held) {
            this.held = held;
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            if (given < held.length()) {
                int count = Math.min(length, held.length() - given);
                held.getChars(given, given + count, target, offset);
                given += count;
                return count;
            }
            if (peek() < 0) {
                return -1;
            }
            int count = Math.min(length, limit - position);
            System.arraycopy(input, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public void close() {
            // the source belongs to whoever opened it
        }
    }
}
