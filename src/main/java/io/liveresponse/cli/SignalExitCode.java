package io.liveresponse.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;

/**
 * A JVM that a signal stops ends with 128 + the signal's number, whatever its hooks achieve, and a supervisor takes that for a
 * crash. While a command runs through this, the process ends with the command's own exit code: 0 if it was told to stop and
 * has done so in good order. It also ends in time: Camel waits without limit for a thread that waits for a silent server.
 */
final class SignalExitCode {

    /** More than the routes get ({@code camel.main.shutdown-timeout}), and less than any supervisor's patience. */
    private static final int PATIENCE_SECONDS = 6;
    private static final int LAST_SECONDS = 3;

    private final Callable<Integer> command;
    private final Runnable abandon;
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();

    /** @param abandon what to do if the command does not end in time; after it, an immediate end loses nothing */
    SignalExitCode(Callable<Integer> command, Runnable abandon) {
        this.command = command;
        this.abandon = abandon;
    }

    int run() throws Exception {
        Thread hook = new Thread(this::haltOnceEnded, "live-response-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            int code = command.call();
            ended.complete(code);
            return code;
        } finally {
            ended.complete(1);
            forget(hook);
        }
    }

    private void haltOnceEnded() {
        int code = 0;
        try {
            code = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            CompletableFuture.runAsync(abandon).completeOnTimeout(null, LAST_SECONDS, TimeUnit.SECONDS).join();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        LogManager.shutdown();
        Runtime.getRuntime().halt(code);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook runs: a signal is why the command has ended
        }
    }
}
