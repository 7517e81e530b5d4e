package io.liveresponse.model;

/** A count with its noun, for messages. */
public final class Plural {

    private Plural() {
    }

    /** {@code 1 reject}, or {@code 2 rejects}: for nouns whose plural ends in s alone. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
