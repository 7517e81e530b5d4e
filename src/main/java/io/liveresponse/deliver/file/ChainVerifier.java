package io.liveresponse.deliver.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.liveresponse.deliver.file.ChainProblem.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the chain from its beginning, and the files that it tells of. Keeps in memory no more than what is wrong. Not thread-safe. */
public final class ChainVerifier {

    private final Path given;
    private final Path root;
    private final String expired;
    private final List<ChainProblem> problems = new ArrayList<>();
    /** By path, since a later line about the same file may say that it was delivered again. */
    private final Map<String, ChainProblem> files = new LinkedHashMap<>();
    private String previous = ChainHead.NOTHING;
    private ChainLine last;
    private boolean headSeen;
    private long lines;

    /** @param root the results directory, of which nothing has expired */
    public ChainVerifier(Path root) {
        this(root, LocalDate.MIN);
    }

    /** @param expired files that were delivered on this day (UTC) or before may be gone */
    public ChainVerifier(Path root, LocalDate expired) {
        this.given = root;
        this.root = root.toAbsolutePath().normalize();
        this.expired = expired.equals(LocalDate.MIN) ? "" : ChainFiles.of(expired);
    }

    /** The results directory, as it was given. */
    public Path root() {
        return given;
    }

    /** How many lines were read. */
    public long lines() {
        return lines;
    }

    /**
     * What is wrong, in the order of the chain, the files last; empty if all is well. What is delivered meanwhile is left
     * to the next time.
     *
     * @throws IOException if the directory cannot be read
     */
    public List<ChainProblem> verify() throws IOException {
        ChainSnapshot snapshot = ChainSnapshot.of(root);
        if (snapshot.sizes().isEmpty() && snapshot.head().isEmpty()) {
            return hasResults()
                    ? List.of(new ChainProblem("results-*.jsonl", 0, Code.CHAIN_MISSING,
                            "there are results in " + root + " but no record of them — restore it from a copy"))
                    : List.of();
        }
        for (Map.Entry<String, Long> file : snapshot.sizes().entrySet()) {
            read(file.getKey(), file.getValue(), snapshot.head());
        }
        checkEnd(snapshot.head());
        problems.addAll(files.values());
        return List.copyOf(problems);
    }

    private void read(String file, long size, Optional<ChainHead> head) throws IOException {
        try (InputStream in = new BufferedInputStream(new FileSnapshot(Files.newInputStream(root.resolve(file)), size))) {
            ChainLine before = null;
            for (ChainLine line = ChainLine.next(in, file, null); line != null; line = ChainLine.next(in, file, before)) {
                check(line, head);
                before = line;
            }
        }
    }

    private void check(ChainLine line, Optional<ChainHead> head) throws IOException {
        lines++;
        if (!line.whole()) {
            problems.add(line.problem(Code.LINE_TORN, "is unfinished: a crash came in between — nothing to do,"
                    + " its result is delivered again and the next line takes its place"));
            return;
        }
        Optional<JsonNode> json = line.json();
        if (json.isEmpty()) {
            problems.add(line.problem(Code.LINE_MALFORMED, "was not written by this software — restore the file from a copy"));
        } else {
            checkPrevious(line, json.get().path("previous").asText());
            for (Map.Entry<String, JsonNode> file : json.get().path("files").properties()) {
                checkFile(line, file.getKey(), file.getValue().asText());
            }
        }
        previous = line.sha256();
        last = line;
        // an altered line before it may have moved it
        head.filter(end -> end.file().equals(line.file()) && (end.bytes() == line.end() || end.sha256().equals(previous)))
                .ifPresent(end -> {
                    headSeen = true;
                    if (!end.sha256().equals(previous)) {
                        problems.add(line.problem(Code.CHAIN_BROKEN,
                                "is not the line that was written last — it was altered; restore the file from a copy"));
                    }
                });
    }

    private void checkPrevious(ChainLine line, String said) {
        if (!said.equals(previous)) {
            String what = last == null
                    ? "what came before the first line is gone"
                    : "the line before, " + last.file() + ":" + last.number() + ", was altered, or lines between them are gone";
            problems.add(line.problem(Code.CHAIN_BROKEN, what + " — restore the files from a copy"));
        }
    }

    private void checkFile(ChainLine line, String path, String sha256) throws IOException {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root)) {
            files.put(path, line.problem(Code.FILE_OUTSIDE, path + " is outside the results directory — restore the line from a copy"));
        } else if (!Files.exists(file) && line.file().compareTo(expired) <= 0) {
            files.remove(path);
        } else if (!Files.isRegularFile(file)) {
            files.put(path, line.problem(Code.FILE_MISSING, path + " is gone — restore it from a copy, or replay the request"));
        } else if (!ChainFiles.sha256(file).equals(sha256)) {
            files.put(path,
                    line.problem(Code.FILE_ALTERED, path + " is not what was delivered — restore it from a copy, or replay the request"));
        } else {
            files.remove(path);
        }
    }

    private void checkEnd(Optional<ChainHead> head) {
        String file = last == null ? ChainHead.NAME : last.file();
        int number = last == null ? 0 : last.number();
        if (head.isEmpty()) {
            problems.add(new ChainProblem(ChainHead.NAME, 0, Code.HEAD_MISSING,
                    "is gone or cannot be read, so lines may be missing at the end — restore it from a copy"));
        } else if (!headSeen && head.get().bytes() > 0) {
            problems.add(new ChainProblem(file, number, Code.CHAIN_CUT, "the chain went on to byte " + head.get().bytes()
                    + " of " + head.get().file() + ", but what was written there is gone or altered — restore the file from a copy"));
        }
    }

    private boolean hasResults() throws IOException {
        try (Stream<Path> entries = Files.isDirectory(root) ? Files.list(root) : Stream.empty()) {
            return entries.anyMatch(entry -> Files.isDirectory(entry) && !entry.getFileName().toString().startsWith("."));
        }
    }
}
