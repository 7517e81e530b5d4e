package io.liveresponse.settings;

import io.liveresponse.settings.SettingProblem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether settings that each have their form make sense together. */
final class ConsistencyCheck {

    private static final String PREFIX = SettingCatalog.PREFIX;
    private static final String TRUST_STORE = PREFIX + "tls.trust-store";
    private static final String TRUST_STORE_PASSWORD = PREFIX + "tls.trust-store-password";
    /** How long the API lets a link live. */
    private static final Duration LINK_LIFE = Duration.ofMinutes(30);

    /** Many times the documented quota: the throttles keep an object for each permit, tenant and throttle. */
    private static final int MOST_PERMITS = 100_000;

    private ConsistencyCheck() {
    }

    static void check(SettingsSource given) {
        inOrder(given, "quota.per-minute", "quota.per-hour", SettingForm::integer, true);
        inOrder(given, "quota.minute-period", "quota.hour-period", SettingForm::duration, false);
        checkQuota(given);
        inOrder(given, "retry.delay", "retry.max-delay", SettingForm::integer, true);
        String margin = PREFIX + "link.expiry-margin";
        given.sound(margin).map(SettingForm::duration).filter(value -> value.compareTo(LINK_LIFE) >= 0)
                .ifPresent(value -> given.report(Code.SETTING_CONFLICT, margin,
                        "leaves nothing of the 30 minutes that a link lives — make it shorter"));
        SinkCheck.check(given);
        checkIntakes(given);
        checkTrustStore(given);
        given.need(PREFIX + "proxy.user", PREFIX + "proxy.url");
        given.need(PREFIX + "proxy.user", PREFIX + "proxy.password");
        given.need(PREFIX + "proxy.password", PREFIX + "proxy.user");
        given.need(PREFIX + "proxy.no-proxy", PREFIX + "proxy.url");
        given.need(PREFIX + "intake.jms.user", PREFIX + "intake.jms.password");
        given.need(PREFIX + "intake.jms.password", PREFIX + "intake.jms.user");
    }

    /** What is far from the API's documented quota of 100 calls a minute and 1,500 an hour. */
    private static void checkQuota(SettingsSource given) {
        atMost(given, "quota.per-minute", MOST_PERMITS);
        atMost(given, "quota.per-hour", MOST_PERMITS);
        atLeast(given, "quota.minute-period", Duration.ofMinutes(1), "62s");
        atLeast(given, "quota.hour-period", Duration.ofHours(1), "3650s");
    }

    private static void atMost(SettingsSource given, String name, int most) {
        given.sound(PREFIX + name).map(SettingForm::integer).filter(value -> value > most)
                .ifPresent(value -> given.report(Code.SETTING_MALFORMED, PREFIX + name, "is " + value + " — give a number up to " + most
                        + "; the API allows 100 calls a minute and 1500 an hour"));
    }

    /** Nobody wants a tenth of the window; the unit was forgotten. */
    private static void atLeast(SettingsSource given, String name, Duration window, String usual) {
        given.sound(PREFIX + name).map(SettingForm::duration).filter(value -> value.compareTo(window) < 0).ifPresent(value -> {
            boolean forgotten = value.multipliedBy(10).compareTo(window) < 0;
            given.report(forgotten ? Code.SETTING_MALFORMED : Code.SETTING_RISKY, PREFIX + name,
                    "is " + value.toMillis() + " ms, shorter than the window of the API — give "
                            + usual + " or longer, with its unit");
        });
    }

    private static <T extends Comparable<T>> void inOrder(
            SettingsSource given, String lesser, String greater, Function<String, T> reader, boolean equalAllowed) {
        Optional<T> one = given.sound(PREFIX + lesser).map(reader);
        Optional<T> other = given.sound(PREFIX + greater).map(reader);
        if (one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) > (equalAllowed ? 0 : -1)) {
            String at = PREFIX + (given.has(PREFIX + lesser) ? lesser : greater);
            given.report(Code.SETTING_CONFLICT, PREFIX + lesser, at,
                    "must be " + (equalAllowed ? "at most " : "less than ") + PREFIX + greater + " — change one of them");
        }
    }

    /** What an intake takes it gives to the ledger, which is there with the worker alone. */
    private static void checkIntakes(SettingsSource given) {
        String worker = PREFIX + "worker.enabled";
        if (given.has(worker) && given.sound(worker).filter("false"::equalsIgnoreCase).isPresent()) {
            Stream.of("inbox", "http", "jms", "discovery").map(intake -> PREFIX + "intake." + intake + ".enabled")
                    .filter(intake -> given.has(intake) && given.sound(intake).filter(Boolean::parseBoolean).isPresent())
                    .forEach(intake -> given.report(Code.SETTING_CONFLICT, intake,
                            "needs " + worker + ", which is off — change one of them"));
        }
    }

    private static void checkTrustStore(SettingsSource given) {
        given.need(TRUST_STORE_PASSWORD, TRUST_STORE);
        Optional<Path> store = given.sound(TRUST_STORE).map(Path::of);
        if (store.isEmpty()) {
            return;
        }
        if (!Files.isRegularFile(store.get()) || !Files.isReadable(store.get())) {
            given.report(Code.SETTING_MALFORMED, TRUST_STORE, "names a file that cannot be read — check path and permissions");
            return;
        }
        if (given.hasValueOrFile(TRUST_STORE_PASSWORD) && password(given).isEmpty()) {
            return;
        }
        try {
            char[] password = password(given).map(String::toCharArray).orElse(null);
            if (TrustStoreFile.load(store.get(), password).size() == 0) {
                given.report(Code.SETTING_MALFORMED, TRUST_STORE, "names a store without a certificate that could be read"
                        + " — import one" + (password == null ? ", or give " + TRUST_STORE_PASSWORD : ""));
            }
        } catch (IOException | GeneralSecurityException e) {
            given.report(Code.SETTING_MALFORMED, TRUST_STORE,
                    "names a file that does not open — give a PEM, PKCS12 or JKS file, and the password of the latter two as "
                            + TRUST_STORE_PASSWORD);
        }
    }

    /** Empty if none is given, and if it is a placeholder that is not resolved here. */
    private static Optional<String> password(SettingsSource given) {
        return given.sound(TRUST_STORE_PASSWORD).or(() -> given.sound(TRUST_STORE_PASSWORD + Setting.FILE_SUFFIX).map(file -> {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                // reported by the check of the file
                return null;
            }
        }));
    }
}
