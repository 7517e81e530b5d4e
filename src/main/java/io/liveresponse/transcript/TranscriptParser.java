package io.liveresponse.transcript;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.liveresponse.model.CapturedText;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.SafeText;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Reads one transcript from one JSON text; see {@link TranscriptReader} for the rules. For one thread, once. */
final class TranscriptParser {

    private static final int MAX_NAME = 1_024;
    private static final int INTEGRITY_FAILED = 323;

    private enum Field {
        NAME, EXIT_CODE, OUTPUT, ERRORS
    }

    private final JsonParser json;
    private final LongStringShortener source;
    private final Set<Field> seen = EnumSet.noneOf(Field.class);
    private long literals;
    private boolean ended;

    private String scriptName;
    private int exitCode;
    private CapturedText output = CapturedText.EMPTY;
    private CapturedText errors = CapturedText.EMPTY;
    private boolean errorsBlank = true;

    TranscriptParser(JsonParser json, LongStringShortener source) {
        this.json = json;
        this.source = source;
    }

    /** @throws UnreadableException if the text is not a transcript; any other {@link IOException} is the source's */
    Transcript parse(BlobHint hint) throws IOException {
        try {
            object();
        } catch (JsonProcessingException e) {
            throw new UnreadableException(reasonFor(e));
        }
        if (!seen.contains(Field.EXIT_CODE)) {
            throw new UnreadableException(UnreadableReason.EXIT_CODE_MISSING);
        }
        if (seen.size() == 1 && hint.command() != BlobHint.Command.RUN_SCRIPT) {
            throw new UnreadableException(UnreadableReason.NO_SCRIPT_FIELD);
        }
        return new Transcript(outcome(), scriptName, exitCode, output, errors, null);
    }

    private void object() throws IOException {
        JsonToken root = next();
        if (root == null) {
            throw new UnreadableException(UnreadableReason.EMPTY);
        }
        if (root != JsonToken.START_OBJECT) {
            throw new UnreadableException(UnreadableReason.NOT_AN_OBJECT);
        }
        while (next() == JsonToken.FIELD_NAME) {
            Field field = fieldNamed(json.currentName());
            next();
            if (field == null) {
                skip();
            } else if (seen.add(field)) {
                value(field);
            } else {
                throw new UnreadableException(UnreadableReason.FIELD_DUPLICATED);
            }
        }
        ended = true;
        if (next() != null) {
            throw new UnreadableException(UnreadableReason.TRAILING_DATA);
        }
    }

    /** Both spellings of one field in one object are a duplicate too: nothing says which of them is meant. */
    private static Field fieldNamed(String name) {
        return switch (name) {
            case "script_name", "name" -> Field.NAME;
            case "exit_code" -> Field.EXIT_CODE;
            case "script_output" -> Field.OUTPUT;
            case "script_errors", "script_error" -> Field.ERRORS;
            default -> null;
        };
    }

    private void value(Field field) throws IOException {
        if (field == Field.EXIT_CODE) {
            exitCode = exitCode();
            return;
        }
        CapturedText text = text();
        switch (field) {
            case NAME -> scriptName = name(text);
            case OUTPUT -> output = text;
            default -> {
                LongStringShortener.Cut cut = source.cutOf(literals);
                errors = text;
                errorsBlank = cut == null ? text.isBlank() : cut.blank();
            }
        }
    }

    private int exitCode() throws IOException {
        if (!json.currentToken().isNumeric() && json.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableException(UnreadableReason.EXIT_CODE_INVALID);
        }
        return ExitCodes.parse(json.getText());
    }

    private CapturedText text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return CapturedText.EMPTY;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableException(UnreadableReason.FIELD_TYPE);
        }
        String kept = json.getText();
        LongStringShortener.Cut cut = source.cutOf(literals);
        if (cut == null) {
            return new CapturedText(wellFormed(kept), "", kept.length());
        }
        return new CapturedText(
                wellFormed(kept.substring(0, cut.headLength())),
                wellFormed(kept.substring(cut.headLength())),
                kept.length() + cut.missing());
    }

    private static String name(CapturedText text) {
        SafeText shown = text.missing() == 0 ? SafeText.of(unpadded(text.head() + text.tail())) : SafeText.of(text);
        String name = shown.line(MAX_NAME);
        return name.isEmpty() ? null : name;
    }

    private static String unpadded(String text) {
        int end = text.length();
        while (end > 0 && CapturedText.isPadding(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** JSON can name half a surrogate pair, which no encoder of a sink, a database or a mail could write. */
    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                i++;
            } else {
                repaired = repaired == null ? new StringBuilder(text) : repaired;
                repaired.setCharAt(i, '\uFFFD');
            }
        }
        return repaired == null ? text : repaired.toString();
    }

    private void skip() throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && next() != null);
    }

    private JsonToken next() throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
            literals++;
        }
        return token;
    }

    private UnreadableReason reasonFor(JsonProcessingException e) {
        if (ended) {
            return UnreadableReason.TRAILING_DATA;
        }
        if (source.firstCharacter() == '<') {
            return UnreadableReason.MARKUP;
        }
        if (e instanceof StreamConstraintsException) {
            return UnreadableReason.TOO_COMPLEX;
        }
        if (json.currentToken() == null && json.getParsingContext().inRoot()) {
            return UnreadableReason.NOT_JSON;
        }
        return e instanceof JsonEOFException ? UnreadableReason.CUT_SHORT : UnreadableReason.MALFORMED;
    }

    private Outcome outcome() {
        if (exitCode == INTEGRITY_FAILED) {
            return Outcome.INTEGRITY_FAILED;
        }
        if (exitCode != 0) {
            return Outcome.FAILED;
        }
        return errorsBlank ? Outcome.SUCCEEDED : Outcome.SUCCEEDED_WITH_ERRORS;
    }
}
