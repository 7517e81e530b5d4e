package io.liveresponse.deliver.file;

/**
 * One thing wrong with the chain or with a delivered file.
 *
 * @param file    the file of the chain, within the results directory
 * @param line    from 1; 0 if it concerns the whole file
 * @param message what is wrong and what to do about it; the names in it are remote text
 */
public record ChainProblem(String file, int line, Code code, String message) {

    /** What kind of problem; the names are stable. */
    public enum Code {
        /** There are results but no chain. */
        CHAIN_MISSING,
        /** {@code results.head} is gone or cannot be read. */
        HEAD_MISSING,
        /** Lines at the end of the chain are gone. */
        CHAIN_CUT,
        /** A line was altered, or lines are missing, inside the chain. */
        CHAIN_BROKEN,
        /** A line that the chain did not write. */
        LINE_MALFORMED,
        /** A crash left the last line unfinished. */
        LINE_TORN,
        /** A delivered file is gone. */
        FILE_MISSING,
        /** A delivered file is not what was delivered. */
        FILE_ALTERED,
        /** A line names a file outside the results directory. */
        FILE_OUTSIDE
    }

    /** {@code file:line: CODE what — how to fix}. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + code + " " + message;
    }
}
