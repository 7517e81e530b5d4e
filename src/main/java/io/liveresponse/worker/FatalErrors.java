package io.liveresponse.worker;

import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.function.IntConsumer;
import org.apache.camel.util.ObjectHelper;

/**
 * Ends a process that has run out of memory or is broken otherwise: a {@link VirtualMachineError} leaves threads that neither work
 * nor end, and only a new process helps. It halts, since an orderly shutdown may need what is missing. Whatever was in progress is
 * due again when its lease ends. For a process of its own, not for a host's. Thread-safe.
 */
public final class FatalErrors implements UncaughtExceptionHandler {

    /** {@code EX_SOFTWARE} of sysexits.h: an internal fault; the supervisor starts the process again. */
    public static final int EXIT_CODE = 70;

    private final PrintStream out;
    private final IntConsumer halt;

    /**
     * @param out  takes one line before the end
     * @param halt ends the process with an exit code
     */
    FatalErrors(PrintStream out, IntConsumer halt) {
        this.out = out;
        this.halt = halt;
    }

    /** Ends this process with {@link #EXIT_CODE} if any thread fails with a {@link VirtualMachineError}; other errors are printed. */
    public static void endTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler(new FatalErrors(System.err, Runtime.getRuntime()::halt));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        VirtualMachineError fatal = fatal(thrown);
        if (fatal == null) {
            out.println("thread " + thread.getName() + " ends: " + thrown);
            thrown.printStackTrace(out);
            return;
        }
        try {
            out.println("live-response ends with exit code " + EXIT_CODE + " after " + fatal + " in thread " + thread.getName()
                    + "; the requests in progress are due again in a minute");
        } finally {
            halt.accept(EXIT_CODE);
        }
    }

    /** Of a stack overflow the thread recovers; it is a fault of one request. */
    private static VirtualMachineError fatal(Throwable thrown) {
        VirtualMachineError error = ObjectHelper.getException(VirtualMachineError.class, thrown);
        return error instanceof StackOverflowError ? null : error;
    }

    /** Throws the {@link VirtualMachineError} behind an exception that Camel has wrapped around it, so that no route treats it as a failed request. */
    static void rethrow(Exception thrown) {
        VirtualMachineError fatal = thrown == null ? null : fatal(thrown);
        if (fatal != null) {
            UncaughtExceptionHandler handler = Thread.currentThread().getUncaughtExceptionHandler();
            handler.uncaughtException(Thread.currentThread(), fatal);
            throw fatal;
        }
    }
}
