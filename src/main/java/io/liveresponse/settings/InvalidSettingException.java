package io.liveresponse.settings;

/** A setting is missing or malformed. The message names it and says what is wanted; it never holds a secret's value. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key     the whole key
     * @param problem what is wrong and how to fix it, to stand after the key; without any secret
     */
    public InvalidSettingException(String key, String problem) {
        super(key + " " + problem);
        this.key = key;
    }

    public String getKey() {
        return key;
    }
}
