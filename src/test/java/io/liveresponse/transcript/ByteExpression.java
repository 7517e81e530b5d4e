package io.liveresponse.transcript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The little language in which the corpora give their bytes; {@code transcripts/README.md} explains it. Writes as a stream, so
 * that a line may stand for hundreds of megabytes.
 */
final class ByteExpression {

    private interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }

    private final String source;
    private int position;

    private ByteExpression(String source) {
        this.source = source;
    }

    static void write(String expression, OutputStream out) throws IOException {
        ByteExpression parser = new ByteExpression(expression);
        Bytes bytes = parser.sum();
        parser.require(parser.position == expression.length(), "the end");
        bytes.writeTo(out);
    }

    static byte[] bytes(String expression) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(expression, out);
        return out.toByteArray();
    }

    private Bytes sum() {
        List<Bytes> terms = new ArrayList<>();
        do {
            terms.add(term());
        } while (skipped('+'));
        return out -> {
            for (Bytes term : terms) {
                term.writeTo(out);
            }
        };
    }

    private Bytes term() {
        skipSpace();
        char c = source.charAt(position);
        if (c == '`' || c == '\'') {
            int end = source.indexOf(c, position + 1);
            require(end > 0, "a closing quote");
            String content = source.substring(position + 1, end);
            position = end + 1;
            byte[] bytes = c == '`' ? content.getBytes(StandardCharsets.UTF_8) : unescaped(content);
            return out -> out.write(bytes);
        }
        int start = position;
        while (position < source.length() && Character.isLetterOrDigit(source.charAt(position))) {
            position++;
        }
        String function = source.substring(start, position);
        require(skipped('('), "( behind " + function);
        Bytes inner = source.charAt(position) == ')' ? out -> {
        } : sum();
        long number = skipped(',') ? number() : 0;
        require(skipped(')'), ")");
        return apply(function, inner, number);
    }

    private Bytes apply(String function, Bytes inner, long number) {
        return switch (function) {
            case "empty" -> inner;
            case "repeat" -> out -> repeat(materialised(inner), number, out);
            case "gzip" -> out -> {
                GZIPOutputStream gzip = new GZIPOutputStream(out, 65_536);
                inner.writeTo(gzip);
                gzip.finish();
            };
            case "first" -> out -> inner.writeTo(new Window(out, 0, number));
            case "last" -> out -> {
                byte[] all = materialised(inner);
                out.write(all, all.length - (int) number, (int) number);
            };
            case "dropLast" -> out -> {
                byte[] all = materialised(inner);
                out.write(all, 0, all.length - (int) number);
            };
            case "damage" -> out -> {
                byte[] all = materialised(inner);
                all[(int) (number < 0 ? all.length + number : number)] ^= 0x55;
                out.write(all);
            };
            case "utf16le" -> encoded(inner, StandardCharsets.UTF_16LE);
            case "utf16be" -> encoded(inner, StandardCharsets.UTF_16BE);
            case "utf32le" -> encoded(inner, Charset.forName("UTF-32LE"));
            case "windows1252" -> encoded(inner, Charset.forName("windows-1252"));
            case "hex" -> out -> out.write(HexFormat.of().parseHex(ascii(inner).replace(" ", "")));
            case "base64" -> out -> out.write(Base64.getDecoder().decode(ascii(inner)));
            default -> throw new IllegalArgumentException("no function " + function + " in " + source);
        };
    }

    private static Bytes encoded(Bytes inner, Charset charset) {
        return out -> out.write(new String(materialised(inner), StandardCharsets.UTF_8).getBytes(charset));
    }

    private static void repeat(byte[] unit, long times, OutputStream out) throws IOException {
        int perBlock = (int) Math.max(1, Math.min(times, 65_536 / Math.max(1, unit.length)));
        byte[] block = new byte[unit.length * perBlock];
        for (int i = 0; i < perBlock; i++) {
            System.arraycopy(unit, 0, block, i * unit.length, unit.length);
        }
        long left = times;
        for (; left >= perBlock; left -= perBlock) {
            out.write(block);
        }
        out.write(block, 0, (int) left * unit.length);
    }

    private static byte[] materialised(Bytes bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            bytes.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String ascii(Bytes bytes) {
        return new String(materialised(bytes), StandardCharsets.US_ASCII);
    }

    private static byte[] unescaped(String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (c != '\\') {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = content.charAt(++i);
            switch (kind) {
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case 't' -> out.write('\t');
                case '0' -> out.write(0);
                case 'q' -> out.write('\'');
                case 'x' -> {
                    out.write(Integer.parseInt(content, i + 1, i + 3, 16));
                    i += 2;
                }
                case 'u' -> {
                    int end = content.indexOf('}', i);
                    out.writeBytes(Character.toString(Integer.parseInt(content, i + 2, end, 16)).getBytes(StandardCharsets.UTF_8));
                    i = end;
                }
                default -> throw new IllegalArgumentException("no escape \\" + kind + " in '" + content + "'");
            }
        }
        return out.toByteArray();
    }

    private long number() {
        skipSpace();
        int start = position;
        while (Character.isLetterOrDigit(source.charAt(position)) || source.charAt(position) == '-') {
            position++;
        }
        String number = source.substring(start, position);
        return number.endsWith("MB")
                ? Long.parseLong(number.substring(0, number.length() - 2)) * 1_000_000
                : number.endsWith("KB")
                        ? Long.parseLong(number.substring(0, number.length() - 2)) * 1_000
                        : Long.parseLong(number);
    }

    private boolean skipped(char c) {
        skipSpace();
        if (position < source.length() && source.charAt(position) == c) {
            position++;
            skipSpace();
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (position < source.length() && source.charAt(position) == ' ') {
            position++;
        }
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + what + " at " + position + " of " + source);
        }
    }

    /** Lets only the first bytes through. */
    private static final class Window extends OutputStream {
        private final OutputStream out;
        private long left;

        Window(OutputStream out, long from, long left) {
            this.out = out;
            this.left = left - from;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int count = (int) Math.min(left, length);
            out.write(bytes, offset, count);
            left -= count;
        }
    }
}
