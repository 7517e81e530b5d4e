package io.liveresponse.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The one place that takes secrets out of text on its way to a log, an exception message or a person. It knows two kinds: what
 * looks like a secret ({@link SecretPattern}), and exact values that somebody told it ({@link #hide}). Thread-safe.
 *
 * <p>The time it takes grows with the text's length and the number of known values, whatever the text holds.
 * Too much is taken out rather than too little: the whole query of any URL goes.
 */
public final class Redactor {

    /** What replaces a secret. */
    public static final String MASK = "***";

    /** A shorter value is too likely to be a part of ordinary words. */
    private static final int MIN_KNOWN_LENGTH = KnownValues.SUFFIX;
    private static final int BASE64_GROUP = 3;

    /** How often each form of a known value is held; a link may be in flight twice. Guarded by itself. */
    private final Map<String, Integer> holds = new HashMap<>();

    /** The keys of {@link #holds}. */
    private final KnownValues known = new KnownValues();

    /**
     * Takes the value out of every text from now on, also if it is URL-encoded, escaped as JSON or HTML does, or in Base64,
     * even amid other text as in {@code Authorization: Basic}. Each
     * call wants one {@link #unhide} with the same value once the value is worth nothing any more; a setting's secret needs none.
     *
     * @param secret a client secret, a password, a token, a link's query; null, and values shorter than 4 characters, do nothing
     */
    public void hide(String secret) {
        hold(secret, 1);
    }

    /** Undoes one call of {@link #hide}. */
    public void unhide(String secret) {
        hold(secret, -1);
    }

    private void hold(String secret, int count) {
        if (secret == null || secret.length() < MIN_KNOWN_LENGTH) {
            return;
        }
        synchronized (holds) {
            for (String form : forms(secret)) {
                int held = holds.getOrDefault(form, 0);
                int left = Math.max(0, held + count);
                if (held == 0 && left > 0) {
                    known.add(form);
                } else if (held > 0 && left == 0) {
                    known.remove(form);
                }
                if (left == 0) {
                    holds.remove(form);
                } else {
                    holds.put(form, left);
                }
            }
        }
    }

    /** @param text null is answered with null */
    public String redact(String text) {
        if (text == null || text.isEmpty()) {
            return text;
        }
        return SecretPattern.redactAll(known.mask(text));
    }

    private static Set<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        forms.add(encoded.toLowerCase(Locale.ROOT));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        for (int offset = 0; offset < BASE64_GROUP; offset++) {
            String base64 = base64Amid(offset, bytes);
            if (base64.length() >= MIN_KNOWN_LENGTH) {
                forms.add(base64);
                forms.add(base64.replace('+', '-').replace('/', '_'));
            }
        }
        forms.add(secret.replace("&", "&amp;"));
        forms.add(secret.replace("&", "\\u0026"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        return forms;
    }

    /** The characters that do not depend on what comes before and after, if this many bytes over a multiple of three come before. */
    private static String base64Amid(int offset, byte[] bytes) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int end = shifted.length % BASE64_GROUP == 0 ? text.length() : text.length() - 1;
        return text.substring(offset == 0 ? 0 : offset + 1, end);
    }
}
