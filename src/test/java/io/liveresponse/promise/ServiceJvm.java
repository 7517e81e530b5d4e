package io.liveresponse.promise;

import io.liveresponse.ledger.EventKind;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestCount;
import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.ResultJson;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The service as an operator has it: {@code run} in a process of its own, with a settings file, an inbox and a log. */
final class ServiceJvm implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path directory;
    private int inboxFiles;

    private ServiceJvm(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /**
     * @param directory   made if missing; gets the settings file, the log and the data directory
     * @param settings    what the settings file holds, besides the data directory
     * @param environment added to this process's own
     * @param jvm         options for the virtual machine
     */
    static ServiceJvm start(Path directory, Map<String, String> settings, Map<String, String> environment, String... jvm)
            throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(data.resolve("inbox"));
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("live-response.data-directory", data.toString());
        Path config = directory.resolve("application.properties");
        try (Writer writer = Files.newBufferedWriter(config, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
        return new ServiceJvm(ServiceCommand.start(directory.resolve("service.log"), environment, List.of(jvm),
                List.of("run", "--config", config.toString())), directory);
    }

    Path data() {
        return directory.resolve("data");
    }

    Path result(ResultKey key, String name) {
        return data().resolve("results").resolve(key.tenant()).resolve(key.machineActionId()).resolve(name);
    }

    Path logFile() {
        return directory.resolve("service.log");
    }

    String log() throws IOException {
        return Files.readString(logFile(), StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Puts a file into the inbox, under a name that is not taken until it is whole. */
    void ask(Collection<ResultKey> keys) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ResultKey key : keys) {
            lines.add(ResultJson.mapper().writeValueAsString(key));
        }
        Path file = data().resolve("inbox/requests-" + ++inboxFiles + ".jsonl");
        Path part = Files.write(file.resolveSibling(file.getFileName() + ".part"), lines);
        Files.move(part, file);
    }

    /** How many requests are delivered or dead, as a command would find it out. */
    long ended() {
        return ask(ServiceJvm::ended);
    }

    /** How many requests are delivered, dead, or wait for somebody to mend their tenant's sign-in. */
    long endedOrRefused() {
        return ask(ledger -> ended(ledger)
                + ledger.archive().list(new RequestFilter(null, RequestState.DUE, null, null, null, null, null), null, 10_000)
                        .stream().filter(request -> hasFailed(ledger, request.key())).count());
    }

    /** An outage of a peer, or a refused tenant, lets a request wait: it ends only once that is fixed. */
    private static boolean hasFailed(Ledger ledger, ResultKey key) {
        return ledger.archive().show(key).orElseThrow().events().stream()
                .anyMatch(event -> event.kind() == EventKind.RETRY || event.kind() == EventKind.POSTPONED);
    }

    private static long ended(Ledger ledger) {
        return ledger.archive().counts().stream()
                .filter(count -> count.state() == RequestState.DELIVERED || count.state() == RequestState.DEAD)
                .mapToLong(RequestCount::requests).sum();
    }

    private <T> T ask(Function<Ledger, T> question) {
        try (LedgerDatabase database = LedgerDatabase.attach(LedgerAddress.inDirectory(data()))) {
            return question.apply(new Ledger(database, database.clock(), Quota.of(Settings.of(Map.of()))));
        }
    }

    /** Asks it to stop, as a container's host does, and waits. @return the exit code */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the service does not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
