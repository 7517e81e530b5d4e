package io.liveresponse.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a row of a record by the rule's columns, or a reject that names the first column in the way. Thread-safe. */
final class RowMapper {

    private static final Pattern POWERSHELL_DATE = Pattern.compile("/Date\\((-?[0-9]{1,15})\\)/");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final RowRule rule;
    private final RowOrigin origin;

    RowMapper(RowRule rule, RowOrigin origin) {
        this.rule = rule;
        this.origin = origin;
    }

    RowItem map(RawRecord record, long rowNumber) {
        if (record.code() != null) {
            return reject(record, rowNumber, record.code(), record.code().sentence());
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (RowColumn column : rule.columns()) {
            Object value;
            try {
                value = record.object() != null ? ofJson(column, record.object()) : ofText(column, record.fields().get(column.from()));
            } catch (ValueMalformedException e) {
                return reject(record, rowNumber, RejectCode.VALUE_MALFORMED,
                        "The value of column " + column.name() + " is no " + column.type().name().toLowerCase(java.util.Locale.ROOT) + ".");
            }
            if (value == null && column.required()) {
                return reject(record, rowNumber, RejectCode.VALUE_MISSING, "The required column " + column.name() + " has no value.");
            }
            values.put(column.name(), value);
        }
        return new Row(origin, rowNumber, values, null);
    }

    private Reject reject(RawRecord record, long rowNumber, RejectCode code, String reason) {
        return new Reject(origin, rowNumber, record.line(), code, reason, record.shown());
    }

    private static Object ofJson(RowColumn column, ObjectNode object) throws ValueMalformedException {
        JsonNode node = column.pointer() == null ? object.get(column.from()) : object.at(column.pointer());
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (column.type() == ColumnType.JSON) {
            return node;
        }
        if (node.isContainerNode()) {
            throw new ValueMalformedException();
        }
        String text = node.isBigDecimal() ? node.decimalValue().toPlainString() : node.asText();
        return column.type() == ColumnType.STRING ? clean(text) : ofText(column, text);
    }

    /** Of a text format an empty value is none; of JSON an empty text is a text. */
    private static Object ofText(RowColumn column, String text) throws ValueMalformedException {
        if (text == null || text.isBlank()) {
            return null;
        }
        String value = text.strip();
        return switch (column.type()) {
            case STRING -> clean(value);
            case INTEGER -> integer(value);
            case DECIMAL -> Numbers.decimal(value).orElseThrow(ValueMalformedException::new);
            case BOOLEAN -> flag(value);
            case TIME -> time(column, value);
            case JSON -> json(value);
        };
    }

    /** NUL ends a text for many a reader. */
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Long integer(String text) throws ValueMalformedException {
        try {
            BigDecimal number = Numbers.decimal(text).orElseThrow(ValueMalformedException::new);
            return number.longValueExact();
        } catch (ArithmeticException e) {
            throw new ValueMalformedException();
        }
    }

    private static Boolean flag(String text) throws ValueMalformedException {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new ValueMalformedException();
        }
        return Boolean.valueOf(text);
    }

    private static Instant time(RowColumn column, String text) throws ValueMalformedException {
        try {
            Instant time;
            Matcher date = POWERSHELL_DATE.matcher(text);
            if (column.pattern() != null) {
                TemporalAccessor parsed = column.pattern().parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
                time = parsed instanceof ZonedDateTime zoned
                        ? zoned.toInstant()
                        : parsed instanceof LocalDateTime local
                                ? local.toInstant(ZoneOffset.UTC)
                                : ((LocalDate) parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
            } else if (date.matches()) {
                time = Instant.ofEpochMilli(Long.parseLong(date.group(1)));
            } else {
                time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
            }
            if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                throw new ValueMalformedException();
            }
            return time;
        } catch (DateTimeException e) {
            throw new ValueMalformedException();
        }
    }

    private static JsonNode json(String text) throws ValueMalformedException {
        // as the only value of an object, so that the limits of a record hold
        try (JsonParser json = JsonRecord.factory().createParser("{\"x\":" + text + "}")) {
            json.nextToken();
            RawRecord record = JsonRecord.read(json, 0);
            JsonToken after = json.nextToken();
            if (record.object() == null || record.object().size() != 1 || after != null) {
                throw new ValueMalformedException();
            }
            return record.object().get("x");
        } catch (JsonProcessingException e) {
            throw new ValueMalformedException();
        } catch (IOException e) {
            throw new IllegalStateException("a text cannot fail to be read", e);
        }
    }

    private static final class ValueMalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        ValueMalformedException() {
            super(null, null, false, false);
        }
    }
}
