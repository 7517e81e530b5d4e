package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** One JSON document: an object, or an array of objects. What cannot be read any further ends in one reject. */
final class JsonRecords implements RecordSource {

    private final OutputLines lines;
    private final Deque<RawRecord> last = new ArrayDeque<>();
    private Reader text;
    private JsonParser json;
    private long linesBefore;
    private boolean inArray;
    private boolean ended;

    /** @param lines stand before the document */
    JsonRecords(OutputLines lines) {
        this.lines = lines;
    }

    @Override
    public RawRecord next() throws IOException {
        if (ended) {
            return last.poll();
        }
        try {
            return read();
        } catch (JsonProcessingException e) {
            ended = true;
            return RawRecord.reject(linesBefore + Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
                    e instanceof StreamConstraintsException ? RejectCode.JSON_TOO_COMPLEX : RejectCode.JSON_MALFORMED, "");
        }
    }

    private RawRecord read() throws IOException {
        if (json == null) {
            linesBefore = lines.nextNumber() - 1;
            text = lines.rest();
            json = JsonRecord.factory().createParser(text);
            JsonToken root = json.nextToken();
            inArray = root == JsonToken.START_ARRAY;
            if (root == null) {
                ended = true;
                return null;
            }
            if (!inArray) {
                RawRecord record = JsonRecord.read(json, linesBefore);
                end();
                return record;
            }
        }
        if (json.nextToken() == JsonToken.END_ARRAY) {
            end();
            return last.poll();
        }
        return JsonRecord.read(json, linesBefore);
    }

    /** Padding may follow the document, anything else may not. */
    private void end() throws IOException {
        ended = true;
        long line = linesBefore + json.currentLocation().getLineNr();
        StringWriter read = new StringWriter();
        json.releaseBuffered(read);
        char[] buffer = read.toString().toCharArray();
        for (int count = buffer.length; count >= 0; count = text.read(buffer, 0, buffer.length)) {
            for (int i = 0; i < count; i++) {
                if (!OutputLines.isPadding(buffer[i])) {
                    last.add(RawRecord.reject(line, RejectCode.TEXT_AFTER_JSON, new String(buffer, i, Math.min(200, count - i))));
                    return;
                }
                line += buffer[i] == '\n' ? 1 : 0;
            }
            buffer = buffer.length == 0 ? new char[8_192] : buffer;
        }
    }
}
