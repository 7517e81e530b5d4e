package io.liveresponse.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/** Reads a value by its setting's type. What is refused here is refused by the validator and by {@link Settings} alike. */
final class SettingForm {

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*(\\w*)");
    private static final int MAX_PORT = 65_535;

    /** The types whose values may be shown: a secret pasted into the wrong line is none of them. */
    private static final Set<Setting.Type> SHOWN = EnumSet.of(Setting.Type.NAMES, Setting.Type.INTEGER, Setting.Type.PORT,
            Setting.Type.FLAG, Setting.Type.DURATION, Setting.Type.BYTES, Setting.Type.CHOICE, Setting.Type.CHOICES);
    private static final int SHOWN_LENGTH = 40;

    private SettingForm() {
    }

    /** What is wrong with a value, in the words of its setting; without the value if it may be confidential. */
    static String complaint(Setting setting, String value) {
        boolean shown = SHOWN.contains(setting.type()) && value.length() <= SHOWN_LENGTH
                && value.chars().noneMatch(Character::isISOControl);
        return (shown ? "is \"" + value + "\"" : "is malformed") + " — give " + setting.form();
    }

    static boolean matches(Setting setting, String value) {
        if (!hasPattern(setting, value)) {
            return false;
        }
        try {
            return switch (setting.type()) {
                case HOSTS -> parts(value).stream().allMatch(SettingForm::hasPossiblePort);
                case INTEGER -> integer(value) > 0;
                case PORT -> integer(value) > 0 && integer(value) <= MAX_PORT;
                case DURATION -> duration(value).toMillis() > 0;
                case BYTES -> bytes(value) > 0;
                case PATH -> !Path.of(value).toString().isEmpty();
                case URL, API_URL, AUTHORITY, PROXY_URL -> new URI(value).parseServerAuthority().getPort() <= MAX_PORT;
                default -> true;
            };
        } catch (ArithmeticException | DateTimeParseException | NumberFormatException | InvalidPathException | URISyntaxException e) {
            return false;
        }
    }

    /** Each part of a list by itself: a pattern of the whole list would need stack for each part. */
    private static boolean hasPattern(Setting setting, String value) {
        Optional<String> part = setting.part();
        if (part.isEmpty()) {
            return Pattern.matches(setting.pattern(), value);
        }
        Pattern pattern = Pattern.compile(part.get());
        List<String> parts = parts(value);
        return !parts.isEmpty() && parts.stream().allMatch(one -> pattern.matcher(one).matches());
    }

    /** The parts of a comma list, without blanks and empty parts. */
    static List<String> parts(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    static int integer(String value) {
        return Integer.parseInt(value);
    }

    /** In Camel's notation (a number of milliseconds, or days to milliseconds with their units) or that of ISO 8601. */
    static Duration duration(String value) {
        return isIsoDuration(value) ? Duration.parse(value) : TimeUtils.toDuration(value);
    }

    static boolean isIsoDuration(String value) {
        return value.startsWith("P") || value.startsWith("p");
    }

    /** In bytes; KB, MB, GB and TB are powers of 1,024. */
    static long bytes(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            throw new NumberFormatException();
        }
        String unit = matcher.group(2).isEmpty() ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
        int power = List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }

    private static boolean hasPossiblePort(String entry) {
        String port = entry.substring(Math.max(entry.lastIndexOf(':'), entry.lastIndexOf(']')) + 1);
        return !entry.contains(":") || entry.endsWith("]") || (integer(port) > 0 && integer(port) <= MAX_PORT);
    }
}
