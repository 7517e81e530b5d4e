package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.fetch.ApiAdvice;
import io.liveresponse.fetch.token.ApiUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/operating.md against what the code does. */
class OperatingGuideTest {

    @Test
    void the_advice_for_each_reason_is_that_of_the_code() throws IOException {
        assertThat(table("reason")).isEqualTo(ApiAdvice.byReason().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, advice -> List.of(advice.getValue()))));
    }

    @Test
    void each_credential_kind_is_listed_with_the_settings_that_it_requires() throws IOException {
        Map<String, List<String>> table = table("credential");

        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(CredentialKind.texts());
        Stream.of(CredentialKind.values()).forEach(kind -> assertThat(table.get(kind.text()).get(0))
                .isEqualTo(kind.needs().isEmpty() ? "nothing" : String.join(", ", kind.needs())));
    }

    @Test
    void each_use_is_listed_with_its_permissions() throws IOException {
        assertThat(table("use")).isEqualTo(Stream.of(ApiUse.values())
                .collect(Collectors.toMap(ApiUse::text, use -> List.of(use.application(), use.delegated()))));
    }

    @Test
    void each_setting_of_the_proxy_is_in_a_form_that_the_validator_accepts() throws IOException {
        String forms = table("form").values().stream().map(row -> row.get(0)).collect(Collectors.joining(", "));

        assertThat(SettingCatalog.all()).extracting(Setting::name).filteredOn(name -> name.startsWith("live-response.proxy."))
                .hasSize(4).allSatisfy(name -> assertThat(forms).contains(name));
        assertThat(SettingForm.matches(setting("live-response.proxy.url"), "http://proxy.example.org:3128")).isTrue();
        assertThat(SettingForm.matches(setting("live-response.proxy.no-proxy"), "tickets.example.org,.internal.example.org")).isTrue();
        assertThat(forms).contains("live-response.proxy.url=http://proxy.example.org:3128",
                "live-response.proxy.no-proxy=tickets.example.org,.internal.example.org");
    }

    @Test
    void each_retention_is_listed_with_its_default() throws IOException {
        Map<String, String> rows = table("what").values().stream()
                .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));

        assertThat(rows).isEqualTo(SettingCatalog.all().stream().filter(setting -> setting.name().startsWith("live-response.retention."))
                .filter(setting -> !List.of("period", "min-free").contains(setting.name().substring("live-response.retention.".length())))
                .collect(Collectors.toMap(Setting::name, setting -> setting.defaultValue() == null ? "never" : setting.defaultValue())));
        assertThat(Files.readString(Path.of("docs/operating.md")))
                .contains("`live-response.retention.min-free` (`" + setting("live-response.retention.min-free").defaultValue() + "`)");
    }

    private static Setting setting(String name) {
        return SettingCatalog.declarationOf(name).orElseThrow();
    }

    /** The rows below the heading that starts with the word: the other cells by the first one, without backquotes. */
    private static Map<String, List<String>> table(String heading) throws IOException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/operating.md"))) {
            inside = line.startsWith("| " + heading + " |") || inside && line.startsWith("|");
            if (inside && !line.startsWith("|---") && !line.startsWith("| " + heading + " |")) {
                List<String> cells = Stream.of(line.replace("`", "").split("\\|")).map(String::strip).skip(1).toList();
                rows.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return rows;
    }
}
