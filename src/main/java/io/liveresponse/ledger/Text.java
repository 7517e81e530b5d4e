package io.liveresponse.ledger;

/** Makes text from outside fit for a column of either database. */
final class Text {

    private Text() {
    }

    /**
     * The text without control characters (PostgreSQL stores no NUL) and broken surrogates, cut to fit.
     *
     * @param value text from outside, or null
     * @param max   the most UTF-16 units that are kept
     */
    static String clean(String value, int max) {
        if (value == null) {
            return null;
        }
        StringBuilder clean = new StringBuilder(Math.min(value.length(), max));
        value.codePoints().map(Text::storable).takeWhile(c -> clean.length() + Character.charCount(c) <= max)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int storable(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return surrogate ? '\uFFFD' : Character.isISOControl(codePoint) ? ' ' : codePoint;
    }
}
