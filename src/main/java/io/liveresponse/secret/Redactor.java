package io.liveresponse.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
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

    /** What stands in a secret's place. */
    public static final String MASK = "***";

    /** A shorter value is too likely to be a part of ordinary words. */
    private static final int MIN_KNOWN_LENGTH = 4;

    /** How often each form of a known value is held; a link may be in flight twice. Guarded by itself. */
    private final Map<String, Integer> holds = new HashMap<>();

    /** The keys of {@link #holds}, the longest first, so that no secret hides in the rest of a shorter one. */
    private volatile String[] known = {};

    /**
     * Takes the value out of every text from now on, also where it is URL-encoded, in Base64 or escaped as JSON or HTML does. Each
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
                holds.compute(form, (key, held) -> {
                    int left = (held == null ? 0 : held) + count;
                    return left <= 0 ? null : left;
                });
            }
            known = holds.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toArray(String[]::new);
        }
    }

    /** @param text null is answered with null */
    public String redact(String text) {
        if (text == null || text.isEmpty()) {
            return text;
        }
        String clean = text;
        for (String value : known) {
            if (clean.contains(value)) {
                clean = clean.replace(value, MASK);
            }
        }
        return SecretPattern.redactAll(clean);
    }

    private static Set<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(encoded);
        forms.add(encoded.replace("+", "%20"));
        forms.add(encoded.toLowerCase(Locale.ROOT));
        forms.add(base64);
        forms.add(base64.replace('+', '-').replace('/', '_'));
        forms.add(secret.replace("&", "&amp;"));
        forms.add(secret.replace("&", "\\u0026"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/"));
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        return forms;
    }
}
