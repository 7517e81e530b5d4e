package io.liveresponse.runs;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads device lists. A bad row costs that row only. Stateless. */
public final class DeviceRows {

    private static final Pattern MACHINE = Pattern.compile("[0-9a-fA-F]{40}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}[A-Za-z0-9_])?");

    /** The reason of a row whose id is malformed. */
    public static final String BAD_ID = "a machineId has 40 hex digits";

    private DeviceRows() {
    }

    /**
     * A CSV file with a header line and the column {@code machineId} or {@code device}, separated by commas or semicolons.
     *
     * @throws LiveResponseException REQUEST_INVALID, naming the file, if it is not UTF-8, is not CSV, has no such column or lists nothing
     */
    public static List<RunOrder.Row> csv(Path file) throws IOException, LiveResponseException {
        String text = text(file);
        String header = text.lines().findFirst().orElse("");
        List<RunOrder.Row> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().fieldSeparator(header.contains(";") ? ';' : ',').ofNamedCsvRecord(text)) {
            for (NamedCsvRecord record : csv) {
                if (record.findField("machineId").isEmpty() && record.findField("device").isEmpty()) {
                    throw invalid(file + " needs a header line with the column machineId or device");
                }
                rows.add(row(record.getStartingLineNumber(), record.findField("machineId").orElse("").strip(),
                        record.findField("device").orElse("").strip()));
            }
        } catch (CsvParseException e) {
            throw invalid(file + " is not CSV: " + e.getMessage());
        }
        if (rows.isEmpty()) {
            throw invalid(file + " lists no device; it needs the header line machineId or device, and a line for each device");
        }
        return rows;
    }

    private static String text(Path file) throws IOException, LiveResponseException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
        } catch (CharacterCodingException e) {
            throw invalid(file + " is not UTF-8 text; save it as CSV in UTF-8");
        }
    }

    /** A row by whichever of the two is given. */
    static RunOrder.Row row(long line, String machineId, String name) {
        if (!machineId.isEmpty()) {
            return MACHINE.matcher(machineId).matches()
                    ? new RunOrder.Row(line, machineId.toLowerCase(Locale.ROOT), name.isEmpty() ? null : name, null)
                    : new RunOrder.Row(line, null, shown(machineId), BAD_ID);
        }
        if (MACHINE.matcher(name).matches()) {
            return new RunOrder.Row(line, name.toLowerCase(Locale.ROOT), null, null);
        }
        return NAME.matcher(name).matches()
                ? new RunOrder.Row(line, null, name, null)
                : new RunOrder.Row(line, null, shown(name),
                        name.isEmpty() ? "the row names no device" : "this is neither a machineId nor a DNS name");
    }

    /** The rows with those that name a device again marked; the first counts. */
    static List<RunOrder.Row> withoutDuplicates(List<RunOrder.Row> rows) {
        Set<String> seen = new HashSet<>();
        return rows.stream().map(row -> {
            String id = row.machineId() != null ? row.machineId() : row.name().toLowerCase(Locale.ROOT);
            return row.problem() != null || seen.add(id)
                    ? row
                    : new RunOrder.Row(row.line(), null, row.name() == null ? id : row.name(), DUPLICATE);
        }).toList();
    }

    /** The reason of a row whose device is in the list already; it gets no row in the table. */
    static final String DUPLICATE = "the device is in the list already";

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private static LiveResponseException invalid(String what) {
        return new LiveResponseException(FailureCode.REQUEST_INVALID, what);
    }
}
