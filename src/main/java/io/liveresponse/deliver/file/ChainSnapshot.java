package io.liveresponse.deliver.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The chain at a moment in which nobody was writing.
 *
 * @param head  empty if there is none
 * @param sizes the length of each file, oldest first
 */
record ChainSnapshot(Optional<ChainHead> head, Map<String, Long> sizes) {

    /** On a copy that cannot be written to there is no lock, and nobody who writes. */
    static ChainSnapshot of(Path root) throws IOException {
        return Files.isWritable(root) ? ChainLock.holding(root, () -> read(root)) : read(root);
    }

    private static ChainSnapshot read(Path root) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (String file : ChainFiles.in(root)) {
            sizes.put(file, Files.size(root.resolve(file)));
        }
        return new ChainSnapshot(ChainHead.read(root), sizes);
    }
}
