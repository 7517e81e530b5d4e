package io.liveresponse.settings;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads a properties file like {@link Properties#load(java.io.Reader)} does, but keeps the line on which each entry
 * begins, and duplicates. Only the split into logical lines is done here; what a line means is asked of Properties itself.
 * A lone backslash that ends the text is not an entry.
 */
public final class PropertiesLines {

    /**
     * @param line    the natural line on which it begins, from 1
     * @param value   the value, or null if Properties refuses the line
     */
    public record Entry(int line, String key, String value) {
    }

    private PropertiesLines() {
    }

    /** The entries in the order of the text. */
    public static List<Entry> read(String text) {
        List<Entry> entries = new ArrayList<>();
        StringBuilder logical = new StringBuilder();
        String[] lines = text.split("\r\n|\r|\n", -1);
        int begin = 0;
        for (int i = 0; i < lines.length; i++) {
            String part = lines[i].replaceFirst("^[ \t\f]+", "");
            if (logical.isEmpty()) {
                if (part.isEmpty() || part.charAt(0) == '#' || part.charAt(0) == '!') {
                    continue;
                }
                begin = i + 1;
            }
            logical.append(part);
            if (isContinued(part)) {
                logical.setLength(logical.length() - 1);
            } else {
                add(entries, begin, logical);
            }
        }
        if (!logical.isEmpty()) {
            add(entries, begin, logical);
        }
        return entries;
    }

    private static boolean isContinued(String part) {
        int end = part.length();
        while (end > 0 && part.charAt(end - 1) == '\\') {
            end--;
        }
        return (part.length() - end) % 2 == 1;
    }

    private static void add(List<Entry> entries, int line, StringBuilder logical) {
        String text = logical.toString();
        logical.setLength(0);
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
            one.stringPropertyNames().forEach(key -> entries.add(new Entry(line, key, one.getProperty(key))));
        } catch (IOException | IllegalArgumentException e) {
            entries.add(new Entry(line, text.split("[=:\\s]", 2)[0], null));
        }
    }
}
