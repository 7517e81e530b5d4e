package io.liveresponse.fetch.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The values of {@code links/corpus.txt}, whose head says how a line reads. */
final class LinkCorpus {

    static final List<String> HOSTS = List.of("*.blob.core.windows.net", "*.blob.core.usgovcloudapi.net", "core.windows.net",
            "store.example:8443", "203.0.113.7", "[2001:db8::7]");

    record Entry(String name, String value, boolean accepted, String code) {

        @Override
        public String toString() {
            return name;
        }
    }

    private LinkCorpus() {
    }

    static LinkGuard guard() {
        return new LinkGuard(HOSTS, List.of("https"));
    }

    static Stream<Entry> accepted() {
        return entries(0).stream().filter(Entry::accepted);
    }

    static Stream<Entry> refused() {
        return entries(0).stream().filter(entry -> !entry.accepted());
    }

    static List<Entry> entries(int port) {
        try (InputStream file = LinkCorpus.class.getResourceAsStream("/links/corpus.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> entry(line, port)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String line, int port) {
        String[] parts = line.split(" \\| ", -1);
        if (parts.length < 3 || !List.of("accepted", "refused").contains(parts[2])) {
            throw new IllegalArgumentException("links/corpus.txt: " + line);
        }
        return new Entry(parts[0], unescaped(parts[1], port), parts[2].equals("accepted"), parts.length > 3 ? parts[3] : "");
    }

    private static String unescaped(String value, int port) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) != '\\') {
                text.append(value.charAt(i));
                continue;
            }
            char escape = value.charAt(++i);
            switch (escape) {
                case 'r' -> text.append('\r');
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case '\\' -> text.append('\\');
                case 'u' -> {
                    text.append((char) Integer.parseInt(value.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new IllegalArgumentException(value);
            }
        }
        String base = "https://account.blob.core.windows.net/";
        return text.toString().replace("{port}", String.valueOf(port))
                .replace("{fill}", "a".repeat(LinkGuard.MAX_LENGTH - base.length()))
                .replace("{megabyte}", base + "a?sig=" + "a".repeat(1 << 20));
    }
}
