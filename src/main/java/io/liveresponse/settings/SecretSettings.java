package io.liveresponse.settings;

import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

/** The secrets that the settings hold. Stateless. */
public final class SecretSettings {

    /** A shorter part of a list is more likely to be a word, such as a team's name, than a secret. */
    private static final int SHORTEST_PART = 8;

    private static final String TICKET = "live-response.deliver.ticket.";

    private SecretSettings() {
    }

    /**
     * Hides the value of every setting that is declared a secret, each tenant's too, and of a list of fields each field's; and what is
     * secret in a webhook's address. To be called again after a vault or a file gave another value; the old one stays hidden.
     *
     * <p>A secret that cannot be read cannot be shown either; whoever needs it says so.
     */
    public static void hide(Settings settings, Redactor redactor) {
        Set<String> tenants = settings.tenants();
        SettingCatalog.all().stream().filter(Setting::secret)
                .forEach(setting -> (setting.perTenant() ? tenants.stream().map(setting::keyFor) : Stream.of(setting.name()))
                        .forEach(key -> hide(settings, key, setting.type() == Setting.Type.FIELDS, redactor)));
        hideWebhook(settings, redactor);
    }

    /** A webhook's address may be its key: in the query, and at Teams and Slack in the path. */
    private static void hideWebhook(Settings settings, Redactor redactor) {
        try {
            URI address = URI
                    .create(settings.find(TICKET + "url").filter(url -> settings.text(TICKET + "kind").equals("webhook")).orElse(""));
            redactor.hide(address.getRawQuery());
            if (!settings.text(TICKET + "format").equals("json")) {
                redactor.hide(address.getRawPath());
            }
        } catch (IllegalArgumentException e) {
            // Not an address; the code that needs it reports so.
        }
    }

    private static void hide(Settings settings, String key, boolean fields, Redactor redactor) {
        try {
            settings.find(key).ifPresent(redactor::hide);
            if (fields) {
                settings.list(key).stream().map(field -> field.substring(field.indexOf('=') + 1).strip())
                        .filter(value -> value.length() >= SHORTEST_PART).forEach(redactor::hide);
            }
        } catch (InvalidSettingException e) {
            // It names what is missing to whoever asks for the secret itself.
        }
    }
}
