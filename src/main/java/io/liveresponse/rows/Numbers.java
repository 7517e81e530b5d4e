package io.liveresponse.rows;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as text; none that would take more than a hundred digits to write out. */
final class Numbers {

    private static final int MAX_DIGITS = 100;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");

    private Numbers() {
    }

    /** Empty if the text is not a number, or has more digits. */
    static Optional<BigDecimal> decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(text);
        return Math.abs(number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS ? Optional.empty() : Optional.of(number);
    }
}
