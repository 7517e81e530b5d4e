package io.liveresponse.deliver.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Result;
import io.liveresponse.model.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Variable;

/**
 * Writes one line per result that was delivered as files into the day's {@code results-YYYY-MM-DD.jsonl} (UTC), each with the
 * SHA-256 of the line before. A line is on the disk when {@link #append} returns. Thread-safe, also between processes that
 * share the directory.
 */
public final class ResultChain {

    private static final ObjectMapper JSON = ResultJson.mapper();

    private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock inProcess = new ReentrantLock();
    private final Path root;
    private final Clock clock;

    /** @param root {@code live-response.deliver.file.directory} */
    public ResultChain(Path root, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /**
     * Adds the result's facts and the digests of its files, which are on the disk. A result that was written down already,
     * as after a crash, gets no second line. Threads that wait for each other share one write and one sync.
     *
     * @param directory the result's own directory, relative to the root
     * @throws LiveResponseException DELIVERY_NOT_STORED if the line cannot be written
     */
    public void append(@Variable("liveResponseResult") Result result, @Variable("liveResponseDirectory") String directory)
            throws LiveResponseException {
        try {
            Entry entry = new Entry(keyOf(result), facts(result, directory), new CompletableFuture<>());
            waiting.add(entry);
            inProcess.lock();
            try {
                if (!entry.written().isDone()) {
                    appendWaiting();
                }
            } finally {
                inProcess.unlock();
            }
            entry.written().join();
        } catch (IOException | CompletionException e) {
            throw new LiveResponseException(FailureCode.DELIVERY_NOT_STORED, "the record of results in " + root + " cannot be written ("
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName() + "); free some space or fix its permissions");
        }
    }

    /** What other threads wait for is written too: they find it done. */
    private void appendWaiting() {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            entries.add(entry);
        }
        try {
            Files.createDirectories(root);
            ChainLock.holding(root, () -> appendUnlessThere(entries));
            entries.forEach(entry -> entry.written().complete(null));
        } catch (IOException | RuntimeException e) {
            entries.forEach(entry -> entry.written().completeExceptionally(e));
        }
    }

    /** @return true if there was something to add */
    private boolean appendUnlessThere(List<Entry> entries) throws IOException {
        ChainEnd end = ChainEnd.of(root, ChainFiles.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        List<Entry> missing = end.missing(entries);
        if (missing.isEmpty()) {
            return false;
        }
        end.append(missing, clock.instant()).write(root, end.isAtFirstLine());
        return true;
    }

    /**
     * A line to be written.
     *
     * @param key     how each line about the result begins
     * @param facts   the line but for its end
     * @param written ends when the line is on the disk
     */
    record Entry(String key, String facts, CompletableFuture<Void> written) {
    }

    /** The line but for its end: what stays the same when the same result is delivered again. */
    private String facts(Result result, String directory) throws IOException {
        ObjectNode facts = JSON.valueToTree(result);
        facts.remove("output");
        facts.remove("errors");
        ObjectNode files = facts.putObject("files");
        for (String name : ResultFileNames.of(result)) {
            Path file = root.resolve(directory).resolve(name).normalize();
            if (file.startsWith(root) && Files.isRegularFile(file)) {
                String path = root.relativize(file).toString().replace('\\', '/');
                boolean received = name.equals(result.receivedFileName());
                files.put(path, received ? result.sha256() : ChainFiles.sha256(file));
            }
        }
        String json = JSON.writeValueAsString(facts);
        return json.substring(0, json.length() - 1);
    }

    private static String keyOf(Result result) {
        try {
            String json = JSON.writeValueAsString(result.key());
            return json.substring(0, json.length() - 1) + ",";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a key is always JSON", e);
        }
    }
}
