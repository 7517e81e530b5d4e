package io.liveresponse.deliver.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The chain's files. */
final class ChainFiles {

    private static final Pattern NAME = Pattern.compile("results-\\d{4}-\\d{2}-\\d{2}\\.jsonl");

    private ChainFiles() {
    }

    static String of(LocalDate day) {
        return "results-" + day + ".jsonl";
    }

    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    /** The names, oldest first. The directory may hold a thousand tenants. */
    static List<String> in(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString()).filter(ChainFiles::isOne).sorted().toList();
        }
    }

    /** Streams, so that memory does not grow with the file. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return DigestUtils.sha256Hex(in);
        }
    }
}
