package io.liveresponse.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), one member after the other, and accepts white space and NULs as padding behind the last.
 * {@link java.util.zip.GZIPInputStream} accepts anything behind a member as its proper end, so it would present a damaged
 * result as a whole one. Ends with {@link UnreadableReason#GZIP_CUT_SHORT} or {@link UnreadableReason#GZIP_DAMAGED}, after all
 * bytes that could be unpacked. For one thread.
 */
final class GunzipStream extends InputStream {

    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[8_192];
    private int position;
    private int limit;
    private boolean ended;

    GunzipStream(InputStream in) throws IOException {
        this.in = in;
        try {
            header();
        } catch (IOException e) {
            inflater.end();
            throw e;
        }
    }

    /** Whether gzip comes next in a stream that supports marks; the stream stays where it is. */
    static boolean isNext(InputStream in) throws IOException {
        in.mark(2);
        byte[] start = in.readNBytes(2);
        in.reset();
        return start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                position = limit - inflater.getRemaining();
                trailer();
                ended = !nextMember();
            } else if (inflater.needsDictionary()) {
                throw new UnreadableException(UnreadableReason.GZIP_DAMAGED);
            } else {
                limit = Math.max(in.read(buffer), 0);
                if (limit == 0) {
                    throw new UnreadableException(UnreadableReason.GZIP_CUT_SHORT);
                }
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws UnreadableException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new UnreadableException(UnreadableReason.GZIP_DAMAGED);
        }
    }

    private void header() throws IOException {
        require(next() == 0x1f && next() == 0x8b && next() == 8);
        int flags = next();
        require((flags & RESERVED) == 0);
        skip(6);
        if ((flags & FEXTRA) != 0) {
            skip(next() | next() << 8);
        }
        for (int strings = Integer.bitCount(flags & (FNAME | FCOMMENT)); strings > 0; strings--) {
            int c = next();
            while (c != 0) {
                c = next();
            }
        }
        if ((flags & FHCRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(buffer, position, limit - position);
    }

    private void trailer() throws IOException {
        long checksum = littleEndian();
        long size = littleEndian();
        require(checksum == crc.getValue() && size == (inflater.getBytesWritten() & 0xffff_ffffL));
    }

    private boolean nextMember() throws IOException {
        if (!more()) {
            return false;
        }
        if (buffer[position] == 0x1f) {
            header();
            return true;
        }
        while (more()) {
            int c = buffer[position++];
            require(c == 0 || c == ' ' || c == '\t' || c == '\r' || c == '\n');
        }
        return false;
    }

    private long littleEndian() throws IOException {
        return next() | next() << 8 | next() << 16 | (long) next() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private int next() throws IOException {
        if (!more()) {
            throw new UnreadableException(UnreadableReason.GZIP_CUT_SHORT);
        }
        return buffer[position++] & 0xff;
    }

    private boolean more() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(in.read(buffer), 0);
        }
        return position < limit;
    }

    private static void require(boolean condition) throws UnreadableException {
        if (!condition) {
            throw new UnreadableException(UnreadableReason.GZIP_DAMAGED);
        }
    }
}
