package io.liveresponse.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one check found. Holds no secret.
 *
 * @param check  what was looked at: {@code token}, {@code roles}, {@code api}, {@code clock}, {@code quota}, {@code ledger},
 *               {@code mail}, {@code ticket} or {@code directory}; not null
 * @param tenant the tenant's name, or null if it concerns no single tenant
 * @param state  how it stands; not null
 * @param text   what was seen and, if it is wrong, what to do; not null
 * @param change the setting to look at first if something is wrong, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(String check, String tenant, State state, String text, String change) {

    private static final Pattern SETTING = Pattern.compile("live-response(\\.[A-Za-z0-9_-]+)+");

    /** How it stands. */
    public enum State {
        OK,
        WRONG,
        /** Not set up, so there is nothing to look at. */
        OFF;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String tenant, String text) {
        return new Finding(check, tenant, State.OK, text, null);
    }

    static Finding off(String check, String text) {
        return new Finding(check, null, State.OFF, text, null);
    }

    static Finding wrong(String check, String tenant, String text, String change) {
        return new Finding(check, tenant, State.WRONG, text, change);
    }

    /** For a text that names a setting already. */
    static Finding wrong(String check, String tenant, String text) {
        Matcher matcher = SETTING.matcher(text);
        return wrong(check, tenant, text, matcher.find() ? matcher.group() : null);
    }
}
