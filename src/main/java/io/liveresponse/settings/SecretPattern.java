package io.liveresponse.settings;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a secret looks like, whoever it belongs to. Every pattern takes time in proportion to the text: runs are possessive, a match
 * always takes the whole run that it looked at, and no group is repeated without a small bound (an unbounded one recurses in Java).
 *
 * <p>Most texts hold nothing of the kind, so one walk first tells which of them are worth a search: each match of a pattern holds one of
 * its anchors, three characters in any case.
 */
enum SecretPattern {

    /** User info and query of a URL, also if it is URL-encoded, or escaped as JSON or HTML does; a broker's too. */
    URL("htt amq ftp", "(?:http|amqp|ftp)s?(?::|%(?:25){0,3}3A)[^\\s\"'<>]++", match -> withoutQuery(match.group())),

    /** The query in a request line, as Apache HttpClient logs it. */
    REQUEST_LINE("get hea pos put pat del opt",
            "\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\\s{1,4}+/[^\\s\"]*+", match -> withoutQuery(match.group())),

    /** The header fields that carry credentials, up to the end of what can be their value. */
    HEADER("aut coo api",
            "((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|api-key|x-auth-token)(\\\\?[\"']?\\s{0,4}+(?:[:=]|%3A|%3D)\\s{0,4}+\\\\?[\"'\\[]?)"
                    + "(?:digest\\s[^\\r\\n]*+|[^\\r\\n\\[\\]\"'}]++)",
            match -> match.group(1) + match.group(2) + Redactor.MASK),

    BEARER("bea", "(bearer(?:\\s|\\+|%20|[:=]){1,8}+)[^\\s\"'<>,;&}\\])]++", match -> match.group(1) + Redactor.MASK),

    /** A JSON web token. The parts are optional, so that a run without them is taken whole and looked at once. */
    JSON_WEB_TOKEN("eyj", "eyJ[A-Za-z0-9_-]++((?:(?:\\.|%2E)[A-Za-z0-9_-]*+){1,4}+)?",
            match -> match.group(1) == null ? match.group() : Redactor.MASK),

    SIGNATURE("sig", "(?<![a-z])(sig(?:=|%(?:25){0,3}3D|&#61;|\\\\u003d))[^&\\s\"'<>]++", match -> match.group(1) + Redactor.MASK),

    /** Fields of a form, of JSON, of a properties file or of a record's text. */
    FIELD("sec ass tok cod key pas pwd",
            "((?:client|app)[_-]?secret|client[_-]?assertion|assertion|(?:access|refresh|id)[_-]?token|device[_-]?code|(?:api|account)[_-]?key"
                    + "|pass(?:word|wd|phrase)|pwd)(\\\\{0,3}+[\"']?\\s{0,4}+(?:[:=]|%(?:25){0,3}3[AD])\\s{0,4}+)"
                    + "(\\\\{0,3}+\"[^\"]*+|'[^']*+|[^&\\s\"'<>]++)",
            match -> match.group(1) + match.group(2) + keepingQuote(match.group(3))),

    PRIVATE_KEY("---", "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*+", match -> Redactor.MASK);

    private static final int ANCHOR = 3;
    /** What is left of a character in an index of the table; it tells letters apart, but for their case. */
    private static final int BITS = 5;
    private static final int LOW = (1 << BITS) - 1;
    /** Which patterns, as bits, three characters are an anchor of. */
    private static final short[] ANCHORED = new short[1 << ANCHOR * BITS];

    static {
        for (SecretPattern secret : values()) {
            for (String anchor : secret.anchors.split(" ")) {
                int index = anchor.chars().reduce(0, SecretPattern::index);
                ANCHORED[index] = (short) (ANCHORED[index] | secret.bit());
            }
        }
    }

    private static final SecretPattern[] NONE = {};
    private static final SecretPattern[] ALL = values();
    private static final Pattern QUERY = Pattern.compile("\\?|%(?:25){0,3}3F|\\\\u003f|&#63;|&#x3f;", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]{1,512}@");

    private final String anchors;
    private final Pattern pattern;
    private final Function<MatchResult, String> replacement;

    SecretPattern(String anchors, String regex, Function<MatchResult, String> replacement) {
        this.anchors = anchors;
        this.pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        this.replacement = replacement;
    }

    static String redactAll(String text) {
        int anchored = 0;
        int index = 0;
        for (int i = 0; i < text.length(); i++) {
            index = index(index, text.charAt(i));
            anchored |= ANCHORED[index];
        }
        String clean = text;
        for (SecretPattern secret : anchored == 0 ? NONE : ALL) {
            clean = (anchored & secret.bit()) == 0 ? clean : secret.redact(clean);
        }
        return clean;
    }

    private static int index(int before, int character) {
        return (before << BITS | character & LOW) & ANCHORED.length - 1;
    }

    private int bit() {
        return 1 << ordinal();
    }

    private String redact(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        return matcher.replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
    }

    private static String withoutQuery(String url) {
        Matcher query = QUERY.matcher(url);
        String rest = query.find() ? url.substring(0, query.end()) + Redactor.MASK : url;
        return USER_INFO.matcher(rest).replaceFirst("//" + Redactor.MASK + "@");
    }

    private static String keepingQuote(String value) {
        int quote = value.indexOf('"') >= 0 ? value.indexOf('"') : value.indexOf('\'');
        return quote < 0 ? Redactor.MASK : value.substring(0, quote + 1) + Redactor.MASK;
    }
}
