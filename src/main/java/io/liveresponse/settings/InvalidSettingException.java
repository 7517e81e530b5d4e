package io.liveresponse.settings;

/** A setting is missing or malformed. The message names it and says what is wanted; it never holds a secret's value. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    public InvalidSettingException(String key, String problem) {
        super(key + " " + problem);
        this.key = key;
    }

    public String getKey() {
        return key;
    }
}
