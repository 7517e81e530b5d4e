package io.liveresponse.rows;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * One rule file, checked. Immutable.
 *
 * @param file        the file as the user named it
 * @param fingerprint sha256 of the file's bytes: another one means that a replay makes other rows
 * @param table       the table that the rows go to
 * @param scripts     what the scripts' names must match, in any case
 * @param format      never null
 * @param columns     at least one
 * @param pattern     the lines of {@link RowFormat#REGEX}; else null
 * @param delimiter   between the fields of {@link RowFormat#CSV}
 * @param separator   between name and value of {@link RowFormat#KEY_VALUE}
 * @param start       records begin behind the first line that holds a match; null if they begin at once
 * @param ignore      lines with a match are not records; null for none
 */
public record RowRule(String file, String fingerprint, String table, List<Pattern> scripts, RowFormat format, List<RowColumn> columns,
        Pattern pattern, char delimiter, char separator, Pattern start, Pattern ignore) {

    /** Whether the rule is for a script of that name; null matches none. */
    public boolean matches(String scriptName) {
        return scriptName != null && scripts.stream().anyMatch(name -> name.matches(scriptName));
    }

    /** The columns' names in the order of the file. */
    public List<String> columnNames() {
        return columns.stream().map(RowColumn::name).toList();
    }
}
