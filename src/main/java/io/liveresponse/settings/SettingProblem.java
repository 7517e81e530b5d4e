package io.liveresponse.settings;

/**
 * One thing wrong with the settings.
 *
 * @param file    the settings file, {@code environment}, or null if the settings came as a map
 * @param line    the line in the file, from 1; for something missing, the line that asks for it; 0 if there is no file
 * @param key     the whole key
 * @param message what is wrong and how to fix it; starts with the key, and never holds a secret
 */
public record SettingProblem(String file, int line, Code code, String key, String message) {

    /** What kind of problem; the names are stable. */
    public enum Code {
        /** A key under {@code live-response.} that is none of ours, or that names a tenant which is not configured. */
        SETTING_UNKNOWN(true),
        /** The value does not have the setting's form, or names something that cannot be used. */
        SETTING_MALFORMED(true),
        /** Something that the other settings make necessary is not given. */
        SETTING_MISSING(true),
        /** The same key twice in one file. */
        SETTING_DUPLICATE(true),
        /** Two settings that contradict each other. */
        SETTING_CONFLICT(true),
        /** A placeholder names an environment variable that is not set; {@code run} and {@code check} refuse it. */
        SETTING_VARIABLE_MISSING(false),
        /** A value that is allowed but can hardly be meant. */
        SETTING_RISKY(false),
        /** A file with a secret that others than its owner may read. */
        SETTING_SECRET_EXPOSED(false),
        /** A secret written out in the settings file. */
        SETTING_SECRET_LITERAL(false);

        private final boolean error;

        Code(boolean error) {
            this.error = error;
        }

        /** False for a mere warning: the bundle may start all the same. */
        public boolean isError() {
            return error;
        }
    }

    /** {@code file:line: CODE what — how to fix}. */
    @Override
    public String toString() {
        String place = file == null ? "" : line == 0 ? file + ": " : file + ":" + line + ": ";
        return place + code + " " + message;
    }
}
