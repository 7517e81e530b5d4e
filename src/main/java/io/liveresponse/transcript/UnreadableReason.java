package io.liveresponse.transcript;

/**
 * Why a blob is not a transcript. The names are stable; the sentences are for operators and hold nothing that came from outside.
 */
public enum UnreadableReason {
    EMPTY("The result is empty or holds nothing but padding."),
    MARKUP(
            "The result is an HTML or XML page, as a proxy or a store sends it in place of an answer."),
    NOT_JSON(
            "The result does not begin as a JSON text does."),
    NOT_AN_OBJECT("The result is JSON, but not an object."),
    CUT_SHORT(
            "The result ends in the middle of its JSON."),
    MALFORMED("The result's JSON is broken."),
    TOO_COMPLEX(
            "The result's JSON is nested too deeply or holds a number that is too long."),
    TRAILING_DATA(
            "Something other than padding follows the result's JSON object."),
    FIELD_DUPLICATED(
            "The result gives one of its fields twice, so neither can be trusted."),
    FIELD_TYPE(
            "The result's script name, output or errors are of another type than text."),
    EXIT_CODE_MISSING(
            "The result has no exit code."),
    EXIT_CODE_INVALID(
            "The result's exit code is not a whole number of 32 bits."),
    NO_SCRIPT_FIELD(
            "The result has an exit code but nothing else of a script, and it is not known that a script ran."),
    GZIP_CUT_SHORT(
            "The result is gzip that ends too early."),
    GZIP_DAMAGED(
            "The result is gzip that is damaged or followed by something else."),
    GZIP_NESTED(
            "The result is gzip packed more than twice."),
    TOO_LARGE(
            "The result is larger, once unpacked, than live-response.result.max-transcript-bytes allows.");

    private final String sentence;

    UnreadableReason(String sentence) {
        this.sentence = sentence;
    }

    /** One sentence in English. */
    public String sentence() {
        return sentence;
    }
}
