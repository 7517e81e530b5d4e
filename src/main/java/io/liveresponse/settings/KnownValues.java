package io.liveresponse.settings;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/**
 * Exact values, found by one walk over a text however many they are: a log at TRACE has a thousand lines for each request, and
 * each link in flight brings some dozens of values. A change costs the same however many there are: a thousand tenants hold a
 * thousand tokens. Thread-safe; readers never wait.
 */
final class KnownValues {

    /** A value is looked up by this many characters at its end, since all access tokens begin alike; no value is shorter. */
    static final int SUFFIX = 4;

    private static final String[] EMPTY = {};
    /** From the golden ratio, as in Knuth's multiplicative hashing. */
    private static final long SCATTER = 0x9e37_79b9_7f4a_7c15L;
    private static final int FEWEST_BUCKETS = 64;
    private static final int BUCKETS_PER_VALUE = 4;

    /** The values by their suffixes; a bucket is replaced, never changed. */
    private volatile AtomicReferenceArray<String[]> buckets = new AtomicReferenceArray<>(FEWEST_BUCKETS);
    private int size;

    /** @param value of at least {@value #SUFFIX} characters, not added yet */
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
        int bucket = bucket(suffixOf(value), buckets);
        String[] values = values(buckets, bucket);
        String[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        buckets.set(bucket, longer);
    }

    /** Does nothing if the value was not added. */
    synchronized void remove(String value) {
        int bucket = bucket(suffixOf(value), buckets);
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
        if (text.length() < SUFFIX) {
            return text;
        }
        Deque<Span> found = find(text, buckets);
        if (found.isEmpty()) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : found) {
            clean.append(text, copied, span.start()).append(Redactor.MASK);
            copied = span.end();
        }
        return clean.append(text, copied, text.length()).toString();
    }

    /** Where the text holds values, from its beginning to its end; those that touch or overlap are one. */
    private static Deque<Span> find(String text, AtomicReferenceArray<String[]> buckets) {
        Deque<Span> found = new ArrayDeque<>(0);
        long suffix = charactersAt(text, 0) << Character.SIZE;
        for (int end = SUFFIX; end <= text.length(); end++) {
            suffix = suffix >>> Character.SIZE | (long) text.charAt(end - 1) << (SUFFIX - 1) * Character.SIZE;
            int length = longestBefore(text, end, values(buckets, bucket(suffix, buckets)));
            if (length > 0) {
                int start = end - length;
                while (!found.isEmpty() && found.getLast().end() >= start) {
                    start = Math.min(start, found.removeLast().start());
                }
                found.addLast(new Span(start, end));
            }
        }
        return found;
    }

    private static int longestBefore(String text, int end, String[] bucket) {
        int longest = 0;
        for (String value : bucket) {
            if (value.length() > longest && text.startsWith(value, end - value.length())) {
                longest = value.length();
            }
        }
        return longest;
    }

    private static int bucket(long suffix, AtomicReferenceArray<String[]> buckets) {
        return (int) (suffix * SCATTER >>> Long.SIZE - Integer.numberOfTrailingZeros(buckets.length()));
    }

    private static long suffixOf(String value) {
        return charactersAt(value, value.length() - SUFFIX);
    }

    private static long charactersAt(String text, int start) {
        long characters = 0;
        for (int i = SUFFIX - 1; i >= 0; i--) {
            characters = characters << Character.SIZE | text.charAt(start + i);
        }
        return characters;
    }

    /** A part of a text that is masked. */
    private record Span(int start, int end) {
    }
}
