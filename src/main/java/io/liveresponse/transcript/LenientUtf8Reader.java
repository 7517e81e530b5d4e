package io.liveresponse.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8, and each byte that is part of no UTF-8 sequence as Windows-1252. A script that mixes a UTF-8 console with an
 * old program's output is common, so one stray byte must neither fail the result nor spoil the rest of its text.
 * For one thread; {@link #read(char[], int, int)} needs room for four characters.
 */
final class LenientUtf8Reader extends Reader {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final InputStream in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(8_192).flip();
    private boolean ended;

    LenientUtf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer out = CharBuffer.wrap(target, offset, length);
        int before = out.position();
        while (true) {
            CoderResult result = utf8.decode(bytes, out, ended);
            if (result.isError() && out.remaining() >= result.length()) {
                byte[] strays = new byte[result.length()];
                bytes.get(strays);
                out.put(WINDOWS_1252.decode(ByteBuffer.wrap(strays)));
            } else if (out.position() > before) {
                return out.position() - before;
            } else if (ended) {
                return -1;
            } else {
                fill();
            }
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = count < 0;
        bytes.position(bytes.position() + Math.max(count, 0));
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
