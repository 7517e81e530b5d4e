package io.liveresponse.runs;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.stream.Stream;

/** Bytes that are made while they are read. Stateless. */
final class LazyBytes {

    private LazyBytes() {
    }

    /** Of all parts, one after the other; only one is in memory. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing but an Enumeration
    static InputStream of(Stream<byte[]> parts) {
        Iterator<byte[]> next = parts.iterator();
        return new SequenceInputStream(new Enumeration<InputStream>() {

            @Override
            public boolean hasMoreElements() {
                return next.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new ByteArrayInputStream(next.next());
            }
        });
    }
}
