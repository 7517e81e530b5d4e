package io.liveresponse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a directory takes files, or could be made. Nothing is written. */
final class DirectoryCheck {

    private static final long MEGABYTE = 1L << 20;
    /** Less is full by tomorrow. */
    private static final long LEAST = 200 * MEGABYTE;

    private DirectoryCheck() {
    }

    static Finding check(Path directory, String setting) {
        Path there = directory.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            String what = there.equals(directory.toAbsolutePath().normalize())
                    ? directory + " cannot be written to"
                    : directory + " is not there and cannot be made";
            return Finding.wrong("directory", null, what + "; fix its permissions or change " + setting, setting);
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String text = directory + (Files.exists(directory) ? " can be written to" : " will be created") + ", " + free / MEGABYTE
                    + " MB free";
            return free >= LEAST
                    ? Finding.ok("directory", null, text)
                    : Finding.wrong("directory", null, text + "; free some space or change " + setting, setting);
        } catch (IOException e) {
            return Finding.wrong("directory", null, directory + " cannot be asked for its free space; check the disk behind " + setting,
                    setting);
        }
    }
}
