package io.liveresponse.simulator.scenario;

import io.liveresponse.simulator.http.Body;
import io.liveresponse.simulator.http.BytesBody;
import io.liveresponse.simulator.http.GeneratedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * What the store holds for one command. One of {@code transcript}, {@code text}, {@code base64} and {@code generatedBytes}
 * says what; a transcript together with {@code generatedBytes} is one whose output is generated to reach that size.
 *
 * @param transcript     the fields of a transcript, or null
 * @param text           any text as UTF-8, or null
 * @param base64         any bytes, or null
 * @param generatedBytes the size of a made-up body, never held in memory unless packed; 0 for none
 * @param gzip           whether the store holds it packed
 * @param fileName       the name in {@code Content-Disposition}, for a GetFile; or null
 * @param contentType    null for {@code application/octet-stream}
 */
public record ScenarioBlob(
        ScenarioTranscript transcript, String text, String base64, long generatedBytes, boolean gzip, String fileName,
        String contentType) {

    private static final String LINE = "2026-01-12 08:30:11,4624,Security,An account was successfully logged on\n";
    private static final int PIECE = 1 << 16;

    public ScenarioBlob {
        contentType = contentType == null ? "application/octet-stream" : contentType;
    }

    public static ScenarioBlob transcript(String scriptName, int exitCode, String output, String errors) {
        return of(new ScenarioTranscript(scriptName, exitCode, output, errors, null));
    }

    public static ScenarioBlob of(ScenarioTranscript transcript) {
        return new ScenarioBlob(transcript, null, null, 0, false, null, null);
    }

    public static ScenarioBlob text(String text) {
        return new ScenarioBlob(null, text, null, 0, false, null, null);
    }

    public static ScenarioBlob bytes(byte[] bytes) {
        return new ScenarioBlob(null, null, Base64.getEncoder().encodeToString(bytes), 0, false, null, null);
    }

    /** A file of this many bytes. */
    public static ScenarioBlob generated(long bytes) {
        return new ScenarioBlob(null, null, null, bytes, false, null, null);
    }

    /** A transcript of this many bytes, nearly all of them standard output. */
    public static ScenarioBlob generatedTranscript(String scriptName, int exitCode, long bytes) {
        return new ScenarioBlob(new ScenarioTranscript(scriptName, exitCode, null, null, null), null, null, bytes, false, null, null);
    }

    public ScenarioBlob gzipped() {
        return new ScenarioBlob(transcript, text, base64, generatedBytes, true, fileName, contentType);
    }

    public ScenarioBlob named(String name) {
        return new ScenarioBlob(transcript, text, base64, generatedBytes, gzip, name, contentType);
    }

    /** The bytes as the store sends them. */
    public Body body() {
        Body plain = plainBody();
        return gzip ? packed(plain) : plain;
    }

    private Body plainBody() {
        if (generatedBytes > 0 && transcript == null) {
            return new GeneratedBody("", LINE, "", generatedBytes);
        }
        if (transcript != null) {
            return generatedBytes > 0 ? generatedOutput() : BytesBody.of(transcript.json());
        }
        if (base64 != null) {
            return new BytesBody(Base64.getMimeDecoder().decode(base64));
        }
        return BytesBody.of(text == null ? "" : text);
    }

    private Body generatedOutput() {
        String json = transcript.json();
        String field = "\"script_output\":\"";
        int output = json.indexOf(field) + field.length();
        // Spaces end the last, partial line, so that no escape sequence is cut in two.
        String line = LINE.replace("\n", "\\n");
        long repeated = generatedBytes - json.length();
        long whole = Math.max(0, repeated) / line.length() * line.length();
        String padding = " ".repeat((int) Math.max(0, repeated - whole));
        return new GeneratedBody(json.substring(0, output), line, padding + json.substring(output), generatedBytes);
    }

    private static Body packed(Body plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            for (long offset = 0; offset < plain.length();) {
                byte[] piece = plain.read(offset, PIECE).getBytes();
                out.write(piece);
                offset += piece.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BytesBody(bytes.toByteArray());
    }
}
