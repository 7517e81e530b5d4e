package io.liveresponse.transcript;

import java.io.IOException;
import java.nio.file.Path;

/** What {@link SmallHeapTest} runs in a JVM of its own: reads or unpacks a blob and prints what it turned out to be. */
final class SmallHeap {

    private SmallHeap() {
    }

    public static void main(String[] args) throws IOException {
        Path blob = Path.of(args[1]);
        if (args[0].equals("unpack")) {
            System.out.println(new FileUnpacker(Long.MAX_VALUE, 2_000).unpack(blob, Path.of(args[2]), "memory.dmp"));
            return;
        }
        Transcript transcript = new TranscriptReader(512L << 20).read(blob, BlobHint.of("RunScript", null));
        System.out.println(transcript.outcome() + " " + transcript.exitCode() + " " + transcript.output().length() + " "
                + transcript.errors().length() + " " + transcript.reasonCode());
    }
}
