package io.liveresponse.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Renders what {@code config/} says about the settings from their declaration. It works for the build alone, so it is no
 * part of the jar.
 */
final class SettingReference {

    /** The tenant of the sample file, to be renamed. */
    static final String SAMPLE_TENANT = "contoso";

    private static final String TENANTS = "live-response.tenants";
    private static final int WIDTH = 118;

    /** The headings by the beginning of the keys under them. */
    private static final Map<String, String> HEADINGS = Map.ofEntries(
            Map.entry("live-response.data-directory", "Data"),
            Map.entry("live-response.ledger.", "Ledger"),
            Map.entry("live-response.tenant", "Tenants"),
            Map.entry("live-response.quota.", "Quota of the API"),
            Map.entry("live-response.link.", "Download links"),
            Map.entry("live-response.result.", "Results"),
            Map.entry("live-response.http.", "Connections"),
            Map.entry("live-response.tls.", "Trust"),
            Map.entry("live-response.proxy.", "Proxy"),
            Map.entry("live-response.log.", "Log"),
            Map.entry("live-response.page.", "Status page"),
            Map.entry("live-response.run.", "Runs"),
            Map.entry("live-response.retry.", "Retries"),
            Map.entry("live-response.intake.inbox.", "Intake: inbox"),
            Map.entry("live-response.intake.rejected-directory", "Intake: invalid entries"),
            Map.entry("live-response.intake.max-entry-size", "Intake: invalid entries"),
            Map.entry("live-response.intake.http.", "Intake: HTTP"),
            Map.entry("live-response.intake.discovery.", "Intake: discovery"),
            Map.entry("live-response.intake.jms.", "Intake: JMS"),
            Map.entry("live-response.retention.", "Retention"),
            Map.entry("live-response.action.", "Machine actions"),
            Map.entry("live-response.worker.", "Worker"),
            Map.entry("live-response.deliver.file.", "Delivery: files"),
            Map.entry("live-response.deliver.email.", "Delivery: e-mail"),
            Map.entry("live-response.deliver.ticket.", "Delivery: tickets"),
            Map.entry("live-response.deliver.jms.", "Delivery: JMS"),
            Map.entry("live-response.rows.", "Rows"));

    private SettingReference() {
    }

    /**
     * The file that users edit: the tenant to fill in first, then every other setting, commented out. What stands around
     * them is written by hand, in the template.
     */
    static String properties() {
        StringBuilder out = new StringBuilder(rule("Tenants"));
        SettingCatalog.all().stream().filter(SettingReference::isOfTenants).forEach(setting -> sample(out, setting));
        String heading = "Tenants";
        for (Setting setting : SettingCatalog.all().stream().filter(setting -> !isOfTenants(setting)).toList()) {
            if (!headingOf(setting).equals(heading)) {
                heading = headingOf(setting);
                out.append('\n').append(rule(heading));
            }
            sample(out, setting);
        }
        return template().replace("@settings@\n", out);
    }

    /** The reference page. */
    static String page() {
        StringBuilder out = new StringBuilder("""
                # Settings

                Every key of `application.properties`. `NAME` in a key stands for a tenant's name from `live-response.tenants`.
                A key marked *secret* may also end in `-file` and name a file that contains the value.
                An environment variable overrides the file: `LIVE_RESPONSE_QUOTA_PER_MINUTE` for `live-response.quota.per-minute`.
                This page is generated from `SettingCatalog.java`; edit the declaration there.
                """);
        String heading = "";
        for (Setting setting : SettingCatalog.all()) {
            if (!headingOf(setting).equals(heading)) {
                heading = headingOf(setting);
                out.append("\n## ").append(heading).append("\n\n| key | value | default | |\n|---|---|---|---|\n");
            }
            out.append("| `").append(setting.name()).append("` | ").append(setting.form()).append(setting.secret() ? ", *secret*" : "")
                    .append(" | ").append(setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`")
                    .append(" | ").append(setting.description()).append(" |\n");
        }
        return out.append(problems()).toString();
    }

    /** The JSON Schema (draft 2020-12) of a properties file, read as an object of texts. */
    static String schema() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Settings of Live Response Routes")
                .put("type", "object");
        ArrayNode known = root.putObject("propertyNames").putArray("anyOf");
        known.addObject().put("pattern", "^(?!live-response\\.)");
        ArrayNode names = known.addObject().putArray("enum");
        ObjectNode properties = root.putObject("properties");
        ObjectNode perTenant = root.putObject("patternProperties");
        withFiles().forEach(setting -> {
            if (setting.perTenant()) {
                String pattern = "^" + setting.name().replace(".", "\\.").replace(Setting.TENANT, Setting.Patterns.NAME) + "$";
                known.addObject().put("pattern", pattern);
                describe(perTenant.putObject(pattern), setting);
            } else {
                names.add(setting.name());
                describe(properties.putObject(setting.name()), setting);
            }
        });
        root.putArray("required").add(TENANTS);
        try {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            return mapper.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                    .writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A blank is no value, and a placeholder's value is not known: both are taken beside the setting's own form. */
    private static void describe(ObjectNode node, Setting setting) {
        node.put("description", setting.description()).put("type", "string");
        if (setting.defaultValue() != null) {
            node.put("default", setting.defaultValue());
        }
        if (setting.secret()) {
            node.put("writeOnly", true);
        }
        ArrayNode forms = node.putArray("anyOf");
        if (setting.type() == Setting.Type.CHOICE) {
            setting.choices().forEach(forms.addObject().putArray("enum")::add);
        } else {
            forms.addObject().put("pattern", "^(?:" + setting.pattern() + ")$");
        }
        forms.addObject().put("pattern", setting.defaultValue() == null ? "^\\s*$|\\{\\{|\\$\\{" : "\\{\\{|\\$\\{");
    }

    private static Stream<Setting> withFiles() {
        return SettingCatalog.all().stream().flatMap(setting -> Stream.concat(Stream.of(setting), setting.inFile().stream()));
    }

    private static boolean isOfTenants(Setting setting) {
        return setting.perTenant() || setting.name().equals(TENANTS);
    }

    private static String headingOf(Setting setting) {
        return HEADINGS.entrySet().stream().filter(entry -> setting.name().startsWith(entry.getKey())).findFirst()
                .orElseThrow(() -> new AssertionError(setting.name() + " needs a heading in SettingReference")).getValue();
    }

    private static String rule(String heading) {
        String start = "# ---- " + heading + " ";
        return start + "-".repeat(WIDTH - start.length()) + "\n";
    }

    private static void sample(StringBuilder out, Setting setting) {
        String key = setting.keyFor(SAMPLE_TENANT);
        boolean needsNoForm = setting.type() == Setting.Type.TEXT || setting.type() == Setting.Type.PATH;
        wrap(out, setting.description() + (needsNoForm ? "" : " Form: " + setting.form() + "."));
        if (setting.secret()) {
            String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            wrap(out, "A secret: prefer the environment variable " + variable + ", or the name of a file as " + key + Setting.FILE_SUFFIX
                    + ".");
        }
        String leaf = setting.name().substring(setting.name().lastIndexOf('.') + 1);
        if (setting.name().equals(TENANTS)) {
            out.append(key).append('=').append(SAMPLE_TENANT).append('\n');
        } else if (setting.perTenant() && CredentialKind.CLIENT_SECRET.needs().contains(leaf)) {
            out.append(key).append("={{env:").append((SAMPLE_TENANT + "_" + leaf).toUpperCase(Locale.ROOT).replace('-', '_'))
                    .append("}}\n");
        } else {
            out.append('#').append(key).append('=').append(setting.defaultValue() == null ? "" : setting.defaultValue()).append('\n');
        }
    }

    private static void wrap(StringBuilder out, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }

    private static String problems() {
        Map<SettingProblem.Code, String> meanings = Map.of(
                SettingProblem.Code.SETTING_UNKNOWN, "an unknown key, or a key of a tenant that is not listed",
                SettingProblem.Code.SETTING_MALFORMED, "a value that does not have the form above, or a file that cannot be used",
                SettingProblem.Code.SETTING_MISSING, "a setting that the other settings require is not set",
                SettingProblem.Code.SETTING_DUPLICATE, "the same key twice",
                SettingProblem.Code.SETTING_CONFLICT, "two settings that contradict each other",
                SettingProblem.Code.SETTING_VARIABLE_MISSING,
                "a placeholder names an environment variable that is not set; `run` and `check` refuse it",
                SettingProblem.Code.SETTING_RISKY, "a value that is allowed but rarely right",
                SettingProblem.Code.SETTING_SECRET_EXPOSED, "a secret's file that others may read",
                SettingProblem.Code.SETTING_SECRET_LITERAL, "a literal secret in the file");
        StringBuilder out = new StringBuilder("\n## Problems\n\n| code | | meaning |\n|---|---|---|\n");
        List.of(SettingProblem.Code.values()).forEach(code -> out.append("| `").append(code).append("` | ")
                .append(code.isError() ? "error" : "warning").append(" | ").append(meanings.get(code)).append(" |\n"));
        return out.toString();
    }

    private static String template() {
        try (InputStream in = SettingReference.class.getResourceAsStream("/reference/application.properties.template")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
