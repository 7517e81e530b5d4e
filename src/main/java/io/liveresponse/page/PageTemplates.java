package io.liveresponse.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.liveresponse.model.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTML of the pages. Every value is made visible ({@link SafeText}) and escaped, whatever it is: there is no way to insert a
 * value unescaped but the triple braces of a template, which none uses. Thread-safe.
 */
final class PageTemplates {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int MAX_VALUE = 20_000;

    private final Map<String, Template> compiled = new ConcurrentHashMap<>();

    /** @param page the name of a template without its suffix */
    String render(String page, Object context) {
        return compiled.computeIfAbsent(page, this::compile).execute(context);
    }

    private Template compile(String page) {
        return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).nullValue("").defaultValue("")
                .withLoader(name -> reader(name.equals("content") ? page : name)).withFormatter(PageTemplates::text)
                .compile(reader("layout"));
    }

    static String text(Object value) {
        if (value instanceof Instant instant) {
            return TIME.format(instant);
        }
        return SafeText.of(String.valueOf(value)).limit(400, MAX_VALUE).plain();
    }

    static InputStream resource(String name) {
        return PageTemplates.class.getResourceAsStream(name);
    }

    private static Reader reader(String name) {
        return new InputStreamReader(Objects.requireNonNull(resource(name + ".html"), name), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String name) {
        try (InputStream in = resource(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
