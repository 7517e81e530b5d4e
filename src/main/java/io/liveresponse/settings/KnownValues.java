package io.liveresponse.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Exact values, found by one walk over a text however many they are: a log at TRACE has a thousand lines for each request, and
 * each link in flight brings some dozens of values. Immutable and thread-safe.
 */
final class KnownValues {

    /** A value is looked up by this many characters at its beginning; no value is shorter. */
    static final int PREFIX = 4;

    private static final String[] EMPTY = {};
    /** From the golden ratio, as in Knuth's multiplicative hashing. */
    private static final long SCATTER = 0x9e37_79b9_7f4a_7c15L;
    private static final int FEWEST_BUCKETS = 64;
    private static final int BUCKETS_PER_VALUE = 4;

    /** Behind what its constructor needs. */
    static final KnownValues NONE = new KnownValues(List.of());

    private final String[][] buckets;
    private final int shift;

    /** @param values each of at least {@value #PREFIX} characters */
    KnownValues(Collection<String> values) {
        int size = Integer.highestOneBit(Math.max(FEWEST_BUCKETS, BUCKETS_PER_VALUE * values.size()));
        this.shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
        this.buckets = new String[size][];
        Arrays.fill(buckets, EMPTY);
        for (String value : values) {
            int bucket = bucket(prefixAt(value, 0));
            String[] longer = Arrays.copyOf(buckets[bucket], buckets[bucket].length + 1);
            longer[longer.length - 1] = value;
            buckets[bucket] = longer;
        }
    }

    /** @return the text with a mask in place of each value; values that touch or overlap share one */
    String mask(String text) {
        StringBuilder clean = null;
        int copied = 0;
        int end = 0;
        long prefix = text.length() < PREFIX ? 0 : prefixAt(text, 0) << Character.SIZE;
        for (int i = 0; i <= text.length() - PREFIX; i++) {
            prefix = prefix >>> Character.SIZE | (long) text.charAt(i + PREFIX - 1) << (PREFIX - 1) * Character.SIZE;
            int length = longestAt(text, i, buckets[bucket(prefix)]);
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

    private int bucket(long prefix) {
        return (int) (prefix * SCATTER >>> shift);
    }

    private static long prefixAt(String text, int start) {
        long prefix = 0;
        for (int i = PREFIX - 1; i >= 0; i--) {
            prefix = prefix << Character.SIZE | text.charAt(start + i);
        }
        return prefix;
    }
}
