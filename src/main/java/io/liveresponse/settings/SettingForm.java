package io.liveresponse.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/** Reads a value by its setting's type. What is refused here is refused by the validator and by {@link Settings} alike. */
final class SettingForm {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);
    /** Camel's own parser takes {@code 5x} for 0 and reads {@code 10sec} as 10 s; neither can be meant. */
    private static final Pattern DURATION =
            Pattern.compile("\\d{1,15}|(?=\\d)(\\d{1,5}d)?(\\d{1,7}h)?(\\d{1,9}m)?(\\d{1,10}s)?(\\d{1,15}ms)?");
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?|\\[[0-9A-Fa-f:.]+\\]");
    private static final Pattern ALLOWED_HOST =
            Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*(?::(\\d{1,5}))?|\\[[0-9A-Fa-f:.]+\\](?::(\\d{1,5}))?");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@,;<>\"\\p{Cntrl}]+@" + LABEL + "(?:\\." + LABEL + ")*");

    /** The types whose values may be shown: a secret pasted into the wrong line is none of them. */
    private static final Set<Setting.Type> SHOWN = EnumSet.of(Setting.Type.NAMES, Setting.Type.INTEGER, Setting.Type.PORT,
            Setting.Type.FLAG, Setting.Type.DURATION, Setting.Type.BYTES, Setting.Type.CHOICE, Setting.Type.CHOICES);
    private static final int SHOWN_LENGTH = 40;

    private SettingForm() {
    }

    /** What is wrong with a value in the words of its setting, without the value where that may be confidential. */
    static String complaint(Setting setting, String value) {
        boolean shown = SHOWN.contains(setting.type()) && value.length() <= SHOWN_LENGTH
                && value.chars().noneMatch(Character::isISOControl);
        return (shown ? "is \"" + value + "\"" : "is malformed") + " — give " + setting.form();
    }

    static boolean matches(Setting setting, String value) {
        try {
            return switch (setting.type()) {
                case TEXT -> value.chars().noneMatch(Character::isISOControl);
                case NAMES -> all(value, NAME);
                case TENANT_ID -> GUID.matcher(value).matches() || DOMAIN.matcher(value).matches();
                case HOST -> HOST.matcher(value).matches();
                case HOSTS -> !parts(value).isEmpty() && parts(value).stream().allMatch(SettingForm::isAllowedHost);
                case ADDRESS -> ADDRESS.matcher(value).matches();
                case ADDRESSES -> all(value, ADDRESS);
                case INTEGER -> integer(value) > 0;
                case PORT -> integer(value) > 0 && integer(value) <= 65_535;
                case FLAG -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
                case DURATION -> duration(value).toMillis() > 0;
                case BYTES -> bytes(value) > 0;
                case PATH -> !Path.of(value).toString().isEmpty();
                case URL -> isHttp(uri(value)) && uri(value).getRawUserInfo() == null;
                case API_URL -> isHttp(uri(value)) && isPlain(uri(value)) && !value.matches("(?i).*/api/*");
                case AUTHORITY -> "https".equalsIgnoreCase(uri(value).getScheme()) && isPlain(uri(value))
                        && (uri(value).getPath().isEmpty() || uri(value).getPath().equals("/"));
                case CHOICE -> setting.choices().contains(value);
                case CHOICES -> !parts(value).isEmpty() && setting.choices().containsAll(parts(value));
            };
        } catch (ArithmeticException | NumberFormatException | InvalidPathException | URISyntaxException e) {
            return false;
        }
    }

    /** The parts of a comma list, without blanks and empty parts. */
    static List<String> parts(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    static int integer(String value) {
        if (!value.matches("\\d{1,10}")) {
            throw new NumberFormatException();
        }
        return Integer.parseInt(value);
    }

    /** In Camel's syntax: a number of milliseconds, or days to milliseconds with their units. */
    static Duration duration(String value) {
        if (!DURATION.matcher(value).matches()) {
            throw new NumberFormatException();
        }
        return TimeUtils.toDuration(value);
    }

    /** In bytes; KB, MB, GB and TB are powers of 1,024. */
    static long bytes(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            throw new NumberFormatException();
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
        int power = List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }

    private static boolean all(String value, Pattern pattern) {
        return !parts(value).isEmpty() && parts(value).stream().allMatch(part -> pattern.matcher(part).matches());
    }

    private static boolean isAllowedHost(String entry) {
        Matcher matcher = ALLOWED_HOST.matcher(entry);
        if (!matcher.matches()) {
            return false;
        }
        String port = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return port == null || (integer(port) > 0 && integer(port) <= 65_535);
    }

    private static URI uri(String value) throws URISyntaxException {
        return new URI(value).parseServerAuthority();
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null && uri.getPort() <= 65_535
                && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
    }

    private static boolean isPlain(URI uri) {
        return uri.getHost() != null && uri.getPort() <= 65_535 && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }
}
