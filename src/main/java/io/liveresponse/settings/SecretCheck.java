package io.liveresponse.settings;

import io.liveresponse.settings.SettingProblem.Code;
import io.liveresponse.settings.SettingsSource.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Whether each secret is given once, can be read, and is nobody else's to read. Says nothing of what it holds. */
final class SecretCheck {

    private SecretCheck() {
    }

    static void check(SettingsSource given, List<String> tenants) {
        SettingCatalog.keys(tenants).stream()
                .filter(key -> SettingCatalog.declarationOf(key).orElseThrow().secret())
                .forEach(key -> check(given, key));
    }

    private static void check(SettingsSource given, String key) {
        String fileKey = key + Setting.FILE_SUFFIX;
        if (given.has(key) && given.has(fileKey)) {
            given.report(Code.SETTING_CONFLICT, key, "is given twice, as a value and as a file — delete one of them");
        }
        given.find(key).filter(SecretCheck::isWrittenOut).ifPresent(entry -> given.report(Code.SETTING_SECRET_LITERAL, entry, key,
                "is written out — better give it as the environment variable, as " + fileKey + " or as a vault's placeholder"));
        given.sound(fileKey).map(Path::of).ifPresent(file -> checkFile(given, fileKey, file));
    }

    /** In a file of ours, that is: a host's map has its own ways. */
    private static boolean isWrittenOut(Given entry) {
        return entry.literal() && entry.file() != null && !entry.isOutside();
    }

    /** The path stays unsaid: somebody may have put the secret itself there. */
    private static void checkFile(SettingsSource given, String key, Path file) {
        try {
            if (Files.readString(file).isBlank()) {
                given.report(Code.SETTING_MALFORMED, key, "names an empty file — write the secret into it");
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                given.report(Code.SETTING_SECRET_EXPOSED, key,
                        "names a file that everybody may read — take the right away, as with chmod o-r");
            }
        } catch (IOException e) {
            given.report(Code.SETTING_MALFORMED, key, "names a file that cannot be read — check path and permissions");
        }
    }
}
