package io.liveresponse.settings;

/**
 * The redactor of the whole process. It is the one static object of this bundle, since a logging system makes its own plugins, before any
 * Camel context is there, and writes what all contexts say to one log: a secret that one of them knows must not appear in any line.
 *
 * <p>Whoever can be given a {@link Redactor} takes it as a parameter; this is for {@link RedactingRewritePolicy}, and for the one
 * place that puts it in a registry. Thread-safe.
 */
public final class ProcessRedactor {

    private static final Redactor INSTANCE = new Redactor();

    private ProcessRedactor() {
    }

    public static Redactor get() {
        return INSTANCE;
    }
}
