package io.liveresponse.secret;

import io.liveresponse.settings.Setting;
import io.liveresponse.settings.SettingCatalog;
import io.liveresponse.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/** The secrets that the settings hold. Stateless. */
public final class SecretSettings {

    private SecretSettings() {
    }

    /**
     * Hides the value of every setting that is declared a secret, each tenant's too. To be called again after a vault or a file gave another
     * value; the old one stays hidden.
     *
     * @throws java.io.UncheckedIOException where a secret's file cannot be read; the message names the file
     */
    public static void hide(Settings settings, Redactor redactor) {
        List<String> tenants = settings.tenants();
        SettingCatalog.all().stream().filter(Setting::secret)
                .flatMap(setting -> setting.perTenant() ? tenants.stream().map(setting::keyFor) : Stream.of(setting.name()))
                .forEach(key -> settings.find(key).ifPresent(redactor::hide));
    }
}
