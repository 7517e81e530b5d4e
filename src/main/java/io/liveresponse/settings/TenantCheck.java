package io.liveresponse.settings;

import io.liveresponse.settings.SettingProblem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a tenant has what its kind of credential requires. */
final class TenantCheck {

    private TenantCheck() {
    }

    static void check(SettingsSource given, String tenant) {
        String credential = SettingCatalog.tenantKey(tenant, "credential");
        Optional<CredentialKind> kind = given.sound(credential).map(CredentialKind::of);
        kind.ifPresent(one -> one.needs().stream()
                .map(leaf -> SettingCatalog.tenantKey(tenant, leaf))
                .filter(key -> !given.hasValueOrFile(key))
                .forEach(key -> given.report(Code.SETTING_MISSING, key, place(given, key, credential),
                        "is missing — credential " + one.text() + " needs it; " + remedy(given, tenant, key))));
        if (kind.filter(CredentialKind.CERTIFICATE::equals).isPresent()) {
            checkFile(given, SettingCatalog.tenantKey(tenant, "certificate-path"));
        }
        if (kind.filter(CredentialKind.FEDERATED_TOKEN_FILE::equals).isPresent()) {
            checkFile(given, SettingCatalog.tenantKey(tenant, "federated-token-file"));
        }
        checkRegion(given, tenant);
    }

    private static String remedy(SettingsSource given, String tenant, String key) {
        Setting setting = SettingCatalog.declarationOf(key).orElseThrow();
        if (!setting.secret()) {
            return "give " + setting.form();
        }
        return given.has(SettingCatalog.tenantKey(tenant, "certificate-path"))
                ? "give it or " + key + Setting.FILE_SUFFIX + ", or set "
                        + SettingCatalog.tenantKey(tenant, "credential") + "=certificate"
                : "give it, or " + key + Setting.FILE_SUFFIX + " with the name of a file that holds it";
    }

    /** The blank line of the key itself, else the line that chose the credential, else the list of tenants. */
    private static String place(SettingsSource given, String key, String credential) {
        boolean written = given.written().stream().anyMatch(entry -> entry.key().equals(key));
        return written ? key : given.has(credential) ? credential : "live-response.tenants";
    }

    private static void checkFile(SettingsSource given, String key) {
        given.sound(key).map(Path::of).filter(path -> !Files.isRegularFile(path) || !Files.isReadable(path))
                .ifPresent(path -> given.report(Code.SETTING_MALFORMED, key,
                        "names a file that cannot be read — check path and permissions"));
    }

    private static void checkRegion(SettingsSource given, String tenant) {
        String region = SettingCatalog.tenantKey(tenant, "region");
        String cloud = SettingCatalog.tenantKey(tenant, "cloud");
        String url = SettingCatalog.tenantKey(tenant, "api-url");
        if (!given.has(region)) {
            return;
        }
        given.sound(cloud).filter(value -> !value.equals(Cloud.COMMERCIAL.text()))
                .ifPresent(value -> given.report(Code.SETTING_CONFLICT, region,
                        "is for the commercial cloud, but " + cloud + " is " + value + " — delete one of them"));
        if (given.has(url)) {
            given.report(Code.SETTING_CONFLICT, region, "has no effect beside " + url + " — delete one of them");
        }
    }
}
