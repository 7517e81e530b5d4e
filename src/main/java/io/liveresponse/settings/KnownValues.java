package io.liveresponse.settings;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * Exact values, found by one walk over a text however many they are: a log at TRACE has a thousand lines for each request, and
 * each link in flight brings some dozens of values. A change costs the same however many there are: a thousand tenants hold a
 * thousand tokens. Thread-safe; readers never wait.
 */
final class KnownValues {

    /** A value is looked up by this many characters at its beginning; no value is shorter. */
    static final int PREFIX = 4;

    private static final String[] EMPTY = {};
    /** From the golden ratio, as in Knuth's multiplicative hashing. */
    private static final long SCATTER = 0x9e37_79b9_7f4a_7c15L;
    private static final int FEWEST_BUCKETS = 64;
    private static final int BUCKETS_PER_VALUE = 4;

    /** The values by their prefixes; a bucket is replaced, never changed. */
    private volatile AtomicReferenceArray<String[]> buckets = new AtomicReferenceArray<>(FEWEST_BUCKETS);
    private int size;

    /** @param value of at least {@value #PREFIX} characters, not added yet */
    synchronized void add(String value) {
        size++;
        if (size * BUCKETS_PER_VALUE > buckets.length()) {
            AtomicReferenceArray<String[]> more = new AtomicReferenceArray<>(2 * buckets.length());
            for (int i = 0; i < buckets.length(); i++) {
                for (String known : values(buckets, i)) {
                    add(more, known);
                }
            }
            buckets = more;
        }
        add(buckets, value);
    }

    private static void add(AtomicReferenceArray<String[]> buckets, String value) {
        int bucket = bucket(prefixAt(value, 0), buckets);
        String[] values = values(buckets, bucket);
        String[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        buckets.set(bucket, longer);
    }

    /** Does nothing if the value was not added. */
    synchronized void remove(String value) {
        int bucket = bucket(prefixAt(value, 0), buckets);
        String[] values = values(buckets, bucket);
        String[] others = Stream.of(values).filter(other -> !other.equals(value)).toArray(String[]::new);
        size -= values.length - others.length;
        buckets.set(bucket, others.length == 0 ? null : others);
    }

    private static String[] values(AtomicReferenceArray<String[]> buckets, int bucket) {
        String[] values = buckets.get(bucket);
        return values == null ? EMPTY : values;
    }

    /** @return the text with a mask in place of each value; values that touch or overlap share one */
    String mask(String text) {
        AtomicReferenceArray<String[]> current = buckets;
        StringBuilder clean = null;
        int copied = 0;
        int end = 0;
        long prefix = text.length() < PREFIX ? 0 : prefixAt(text, 0) << Character.SIZE;
        for (int i = 0; i <= text.length() - PREFIX; i++) {
            prefix = prefix >>> Character.SIZE | (long) text.charAt(i + PREFIX - 1) << (PREFIX - 1) * Character.SIZE;
            int length = longestAt(text, i, values(current, bucket(prefix, current)));
            if (length == 0) {
                continue;
            }
            if (clean == null || i > end) {
                clean = clean == null ? new StringBuilder(text.length()) : clean;
                clean.append(text, copied, i).append(Redactor.MASK);
            }
            end = Math.max(end, i + length);
            copied = end;
        }
        return clean == null ? text : clean.append(text, copied, text.length()).toString();
    }

    private static int longestAt(String text, int start, String[] bucket) {
        int longest = 0;
        for (String value : bucket) {
            if (value.length() > longest && text.startsWith(value, start)) {
                longest = value.length();
            }
        }
        return longest;
    }

    private static int bucket(long prefix, AtomicReferenceArray<String[]> buckets) {
        return (int) (prefix * SCATTER >>> Long.SIZE - Integer.numberOfTrailingZeros(buckets.length()));
    }

    private static long prefixAt(String text, int start) {
        long prefix = 0;
        for (int i = PREFIX - 1; i >= 0; i--) {
            prefix = prefix << Character.SIZE | text.charAt(start + i);
        }
        return prefix;
    }
}
