package io.liveresponse.transcript;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads an exit code: any JSON number, quoted or not, that is whole and fits 32 bits, signed or unsigned. */
final class ExitCodes {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,63})(\\.[0-9]{1,64})?([eE][+-]?[0-9]{1,9})?");
    private static final BigDecimal MAX_UNSIGNED = BigDecimal.valueOf(0xffff_ffffL);
    private static final BigDecimal MIN_SIGNED = BigDecimal.valueOf(Integer.MIN_VALUE);

    private ExitCodes() {
    }

    /**
     * @return the code as Windows keeps it, 32 bits, read as signed: 4294967295 is -1
     * @throws UnreadableException {@link UnreadableReason#EXIT_CODE_INVALID}
     */
    static int parse(String text) throws UnreadableException {
        if (!JSON_NUMBER.matcher(text).matches()) {
            throw new UnreadableException(UnreadableReason.EXIT_CODE_INVALID);
        }
        BigDecimal number = new BigDecimal(text);
        if (number.signum() == 0) {
            return 0;
        }
        // comparing looks at the magnitudes first: 1e999999999 is never written out
        if (number.compareTo(MAX_UNSIGNED) > 0 || number.compareTo(MIN_SIGNED) < 0 || number.stripTrailingZeros().scale() > 0) {
            throw new UnreadableException(UnreadableReason.EXIT_CODE_INVALID);
        }
        return (int) number.longValueExact();
    }
}
