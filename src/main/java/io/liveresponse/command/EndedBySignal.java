package io.liveresponse.command;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;

/**
 * A JVM that a signal stops ends with 128 + the signal's number, whatever its hooks achieve, and a supervisor takes that for a
 * crash. While a command runs through this, the process ends with the command's own exit code: 0 where it was told to stop and
 * has done so in good order.
 */
final class EndedBySignal {

    /** More than an orderly stop may take; then the JVM ends in its own way. */
    private static final int PATIENCE_SECONDS = 30;

    private EndedBySignal() {
    }

    static int run(Callable<Integer> command) throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread hook = new Thread(() -> haltOnceEnded(ended), "live-response-exit");
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

    private static void haltOnceEnded(CompletableFuture<Integer> ended) {
        try {
            int code = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            LogManager.shutdown();
            Runtime.getRuntime().halt(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // not ended in good order: the JVM's own exit code says so
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook runs: a signal is why the command has ended
        }
    }
}
