package io.liveresponse.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says what a blob is, in memory that does not grow with it. Thread-safe.
 *
 * <p>A transcript is one JSON object with a valid {@code exit_code} and at least one of {@code script_name} ({@code name}),
 * {@code script_output}, {@code script_errors} ({@code script_error}); if it is known that a script ran, the exit code is
 * enough. Names are case-sensitive. The texts may be null, which is read as empty. Other fields are ignored, but a field of
 * these that is given twice, in either spelling, makes the whole unreadable, and so does anything but white space and NULs behind
 * the object.
 *
 * <p>It may be packed with gzip once or twice (the device packs, and so may the store), and be UTF-8 or UTF-16 of either byte
 * order, with or without a mark. Bytes that are not UTF-8 are read as Windows-1252, each for itself, so that the rest of the
 * text stays right. Halves of surrogate pairs become U+FFFD.
 */
public final class TranscriptReader {

    /** How many characters are kept of the beginning, and how many of the end, of each stream. */
    public static final int KEPT_CHARACTERS = 65_536;

    private static final int MIN_KEPT_CHARACTERS = 1_024;
    private static final int MAX_GZIP_LAYERS = 2;
    // deep enough for any field Microsoft may add, shallow enough to cost nothing
    private static final int MAX_NESTING = 1_000;
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private final long maxBytes;
    private final int maxHead;
    private final int maxTail;
    private final JsonFactory factory;

    /** @param maxBytes {@code live-response.result.max-transcript-bytes}: how many unpacked bytes are read at most */
    public TranscriptReader(long maxBytes) {
        this(maxBytes, KEPT_CHARACTERS, KEPT_CHARACTERS);
    }

    /**
     * @param maxHead how many of the first characters of each stream are kept, at least 1,024
     * @param maxTail how many of the last, at least 1,024
     */
    public TranscriptReader(long maxBytes, int maxHead, int maxTail) {
        if (maxBytes < 1 || maxHead < MIN_KEPT_CHARACTERS || maxTail < MIN_KEPT_CHARACTERS) {
            throw new IllegalArgumentException("a limit is too small to read any transcript");
        }
        this.maxBytes = maxBytes;
        this.maxHead = maxHead;
        this.maxTail = maxTail;
        this.factory = factory(maxHead + maxTail);
    }

    /**
     * @param blob the bytes as received
     * @return what it is; content never makes this throw
     * @throws IOException if the file cannot be read
     */
    public Transcript read(Path blob, BlobHint hint) throws IOException {
        if (hint.command() == BlobHint.Command.GET_FILE) {
            return Transcript.fileRetrieved();
        }
        try (InputStream in = Files.newInputStream(blob)) {
            return parse(in, hint);
        } catch (UnreadableException e) {
            boolean isFile = hint.command() == BlobHint.Command.UNKNOWN && hint.offeredFileName() != null;
            return isFile ? Transcript.fileRetrieved() : Transcript.unreadable(e.reason());
        }
    }

    /**
     * Opens the whole {@code script_output} of a transcript that {@link #read} understood, decoded as there.
     *
     * @param blob the bytes as received
     * @return the text; empty if the transcript has none. Its reads throw {@link UnreadableException} if the transcript is damaged.
     *         The caller closes it.
     * @throws IOException if the file cannot be read
     */
    public Reader openOutput(Path blob) throws IOException {
        return new ScriptOutputReader(openText(blob));
    }

    /** Opens a file that is plain text and no transcript, unpacked and decoded likewise; see {@link #openOutput}. */
    public Reader openText(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return TextDecoding.open(unpacked(in));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private Transcript parse(InputStream in, BlobHint hint) throws IOException {
        try (InputStream unpacked = unpacked(in);
                LongStringShortener source = new LongStringShortener(TextDecoding.open(unpacked), maxHead, maxTail);
                JsonParser json = factory.createParser(source)) {
            return new TranscriptParser(json, source).parse(hint);
        }
    }

    private InputStream unpacked(InputStream blob) throws IOException {
        InputStream in = new BufferedInputStream(new ByteLimit(blob, maxBytes));
        try {
            for (int layers = 0; GunzipStream.isNext(in); layers++) {
                if (layers == MAX_GZIP_LAYERS) {
                    throw new UnreadableException(UnreadableReason.GZIP_NESTED);
                }
                in = new BufferedInputStream(new ByteLimit(new GunzipStream(in), maxBytes));
            }
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static JsonFactory factory(int maxStringLength) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(maxStringLength)
                        .maxNameLength(maxStringLength)
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // keys come from outside: a table that remembers them would grow with the result
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
