package io.liveresponse.transcript;

/**
 * What is known of a blob before it is read.
 *
 * @param command         what the machine action says the command was; never null
 * @param offeredFileName the file name of the store's {@code Content-Disposition}, remote text; null if it offered none
 */
public record BlobHint(Command command, String offeredFileName) {

    /** The commands whose results differ in kind. */
    public enum Command {
        RUN_SCRIPT,
        GET_FILE,
        /** The request came without the action's details, or the action names a command of another type. */
        UNKNOWN
    }

    public BlobHint {
        if (command == null) {
            throw new IllegalArgumentException("command is required; UNKNOWN if it is not known");
        }
    }

    /**
     * @param commandType     {@code command.type} of the machine action, {@code RunScript} or {@code GetFile}; anything else,
     *                        null included, is {@link Command#UNKNOWN}
     * @param offeredFileName see {@link BlobHint}
     */
    public static BlobHint of(String commandType, String offeredFileName) {
        if ("RunScript".equalsIgnoreCase(commandType)) {
            return new BlobHint(Command.RUN_SCRIPT, offeredFileName);
        }
        if ("GetFile".equalsIgnoreCase(commandType)) {
            return new BlobHint(Command.GET_FILE, offeredFileName);
        }
        return new BlobHint(Command.UNKNOWN, offeredFileName);
    }
}
