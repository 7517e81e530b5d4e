package io.liveresponse.deliver.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file as long as it was when the reading began. */
final class FileSnapshot extends FilterInputStream {

    private long left;

    FileSnapshot(InputStream in, long bytes) {
        super(in);
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        int read = left > 0 ? super.read() : -1;
        left -= read >= 0 ? 1 : 0;
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = left > 0 ? super.read(bytes, offset, (int) Math.min(length, left)) : -1;
        left -= Math.max(read, 0);
        return read;
    }
}
