package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRowsTest {

    private static final String ID = "0123456789abcdef0123456789ABCDEF01234567";

    @TempDir
    Path directory;

    private List<RunOrder.Row> read(byte[] bytes) throws Exception {
        return DeviceRows.csv(Files.write(directory.resolve("list.csv"), bytes));
    }

    @Test
    void each_row_is_a_device_by_id_or_name_or_has_its_reason() throws Exception {
        List<RunOrder.Row> rows = read(
                ("\ufeffsite;machineId;device\r\nA;" + ID + ";pc-1\r\nB;;pc-2.corp.contoso.com\r\nC;12ab;\r\nD;;\r\nE;;pc 1!\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        String known = ID.toLowerCase(Locale.ROOT);
        assertThat(rows).containsExactly(new RunOrder.Row(2, known, "pc-1", null), new RunOrder.Row(3, null, "pc-2.corp.contoso.com", null),
                new RunOrder.Row(4, null, "12ab", DeviceRows.BAD_ID), new RunOrder.Row(5, null, "", "the row names no device"),
                new RunOrder.Row(6, null, "pc 1!", "this is neither a machineId nor a DNS name"));
    }

    @Test
    void of_a_device_that_is_listed_twice_the_first_counts() throws Exception {
        List<RunOrder.Row> rows = DeviceRows.withoutDuplicates(read(("device\npc-1\nPC-1\npc-2\n").getBytes(StandardCharsets.UTF_8)));

        assertThat(rows).extracting(RunOrder.Row::problem).containsExactly(null, DeviceRows.DUPLICATE, null);
    }

    @ParameterizedTest
    @CsvSource({"host|pc-1, needs a header line with the column machineId or device", "'', lists no device", "device, lists no device"})
    void a_list_without_devices_says_what_is_wanted(String lines, String reason) {
        assertThatThrownBy(() -> read(lines.replace('|', '\n').getBytes(StandardCharsets.UTF_8))).isInstanceOf(LiveResponseException.class)
                .hasMessageContaining(reason).hasMessageContaining("list.csv").extracting("code").isEqualTo(FailureCode.REQUEST_INVALID);
    }

    @Test
    void a_list_that_is_not_utf_8_says_so() {
        assertThatThrownBy(() -> read("device\npc-1\n".getBytes(StandardCharsets.UTF_16))).isInstanceOf(LiveResponseException.class)
                .hasMessageContaining("list.csv is not UTF-8 text; save it as CSV in UTF-8");
    }
}
