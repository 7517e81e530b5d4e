package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.re2j.Matcher;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The formats that have one record a line: JSON lines, and lines that a pattern takes apart. */
final class LineRecords implements RecordSource {

    private final RowRule rule;
    private final OutputLines lines;

    LineRecords(RowRule rule, OutputLines lines) {
        this.rule = rule;
        this.lines = lines;
    }

    @Override
    public RawRecord next() throws IOException {
        OutputLines.Line line = lines.next();
        while (line != null && (line.isBlank() || isIgnored(rule, line))) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        if (line.tooLong()) {
            return line.reject(RejectCode.LINE_TOO_LONG);
        }
        return rule.format() == RowFormat.REGEX ? groups(line) : object(line);
    }

    static boolean isIgnored(RowRule rule, OutputLines.Line line) {
        return rule.ignore() != null && !line.tooLong() && rule.ignore().matcher(line.text()).find();
    }

    private RawRecord groups(OutputLines.Line line) {
        Matcher matcher = rule.pattern().matcher(line.text());
        if (!matcher.find()) {
            return line.reject(RejectCode.PATTERN_NOT_MATCHED);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        rule.pattern().namedGroups().keySet().forEach(name -> fields.put(name, matcher.group(name)));
        return RawRecord.of(line.number(), fields, line.text());
    }

    private static RawRecord object(OutputLines.Line line) throws IOException {
        try (JsonParser json = JsonRecord.factory().createParser(line.text())) {
            json.nextToken();
            RawRecord record = JsonRecord.read(json, line.number() - 1);
            return json.nextToken() == null ? record : line.reject(RejectCode.TEXT_AFTER_JSON);
        } catch (StreamConstraintsException e) {
            return line.reject(RejectCode.JSON_TOO_COMPLEX);
        } catch (JsonProcessingException e) {
            return line.reject(RejectCode.JSON_MALFORMED);
        }
    }
}
