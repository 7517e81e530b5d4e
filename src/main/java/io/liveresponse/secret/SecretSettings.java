package io.liveresponse.secret;

import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import io.liveresponse.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/** The secrets that the settings hold. Stateless. */
public final class SecretSettings {

    /** One secret in the settings, but each field leaves by itself. */
    private static final String HEADERS = "live-response.deliver.ticket.headers";

    private SecretSettings() {
    }

    /**
     * Hides the value of every setting that is declared a secret, each tenant's too. To be called again after a vault or a file gave another
     * value; the old one stays hidden.
     *
     * <p>A secret that cannot be read cannot be shown either; whoever needs it says so.
     */
    public static void hide(Settings settings, Redactor redactor) {
        List<String> tenants = settings.tenants();
        SettingCatalog.all().stream().filter(Setting::secret)
                .flatMap(setting -> setting.perTenant() ? tenants.stream().map(setting::keyFor) : Stream.of(setting.name()))
                .forEach(key -> hide(settings, key, redactor));
    }

    private static void hide(Settings settings, String key, Redactor redactor) {
        try {
            settings.find(key).ifPresent(redactor::hide);
            if (key.equals(HEADERS)) {
                settings.list(key).forEach(header -> redactor.hide(header.substring(header.indexOf('=') + 1).strip()));
            }
        } catch (InvalidSettingException e) {
            // It names what is missing to whoever asks for the secret itself.
        }
    }
}
