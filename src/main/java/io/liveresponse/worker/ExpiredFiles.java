package io.liveresponse.worker;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.function.Predicate;

/** Removes old files from a directory, and the directories in it that this empties. Follows no symbolic link. */
final class ExpiredFiles extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Instant before;
    private final Predicate<Path> kept;
    private long removed;

    private ExpiredFiles(Path root, Instant before, Predicate<Path> kept) {
        this.root = root;
        this.before = before;
        this.kept = kept;
    }

    /**
     * @param before removes what was last written before this time
     * @param kept   files that stay, however old
     * @return how many files were removed; 0 if there is no such directory
     * @throws IOException if a directory cannot be read or a file not be removed
     */
    static long remove(Path root, Instant before, Predicate<Path> kept) throws IOException {
        ExpiredFiles expired = new ExpiredFiles(root, before, kept);
        if (Files.isDirectory(root)) {
            Files.walkFileTree(root, expired);
        }
        return expired.removed;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(before) && !kept.test(file)
                && Files.deleteIfExists(file)) {
            removed++;
        }
        return FileVisitResult.CONTINUE;
    }

    /** Another node may have removed it. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
        if (failure == null && !directory.equals(root) && Files.getLastModifiedTime(directory).toInstant().isBefore(before)) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // something younger is in it
            }
        }
        return super.postVisitDirectory(directory, failure);
    }
}
