package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.liveresponse.settings.SettingProblem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsValidatorTest {

    private static final UnaryOperator<String> NOTHING_OUTSIDE = key -> null;
    private static final String SOUND = """
            live-response.tenants=contoso
            live-response.tenant.contoso.tenant-id=contoso.onmicrosoft.com
            live-response.tenant.contoso.client-id=5382f7ea-7557-4ab7-9782-d50480024a4e
            live-response.tenant.contoso.client-secret={{env:CONTOSO_SECRET}}
            """;
    /** The line of what a test adds to the sound settings. */
    private static final int ADDED = 5;

    @TempDir
    Path directory;

    @Test
    void soundSettingsHaveNoProblem() {
        assertThat(problems(SOUND)).isEmpty();
    }

    @Test
    void keysOfOthersAreLeftAlone() {
        assertThat(problems(SOUND + "camel.main.nmae=x\nspring.x=1\nliveresponse.y=2\ncamel.main.name=a\ncamel.main.name=b\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "live-response.qouta.per-minute, live-response.quota.per-minute",
            "live-response.quota.perMinute, live-response.quota.per-minute",
            "live-response.deliver.mail.host, live-response.deliver.email.host",
            "live-response.Data-Directory, live-response.data-directory",
            "live-response.tenant.contoso.clientid, live-response.tenant.contoso.client-id",
            "live-response.tenant.contoso.client-secret-fiel, live-response.tenant.contoso.client-secret-file",
            "live-response.tenants.contoso.cloud, live-response.tenant.contoso.cloud",
            "live-response.tls.trust-store-pasword, live-response.tls.trust-store-password",
            "live-response.deliver.email.to.faild, live-response.deliver.email.to.failed",
            "live-response.deliver.email.to.integrity_failed, live-response.deliver.email.to.integrity-failed",
            "live-response.deliver.email.to.timed-out, live-response.deliver.email.to.action-timed-out",
            "live-response.deliver.email.tenants, live-response.deliver.email.tenant",
    })
    void anUnknownKeyIsRefusedWithTheNearestKnownOne(String mistyped, String meant) {
        assertThat(problems(SOUND + mistyped + "=x\n")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_UNKNOWN);
            assertThat(problem.line()).isEqualTo(ADDED);
            assertThat(problem.key()).isEqualTo(mistyped);
            assertThat(problem.toString()).isEqualTo(file() + ":5: SETTING_UNKNOWN " + mistyped
                    + " is not a setting — did you mean " + meant + "?");
        });
    }

    @Test
    void keysOfATenantThatIsNotListedAreRefusedOnce() {
        List<SettingProblem> problems = problems(SOUND + """
                live-response.tenant.contosso.cloud=gcc
                live-response.tenant.contosso.scope=x
                """);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_UNKNOWN);
            assertThat(problem.line()).isEqualTo(ADDED);
            assertThat(problem.message()).contains("tenant contosso", "did you mean contoso?");
        });
    }

    @Test
    void aKeyGivenTwiceIsRefusedOnItsSecondLine() {
        assertThat(problems(SOUND + "live-response.quota.per-minute=9\nlive-response.quota.per-minute : 8\n"))
                .singleElement().satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.SETTING_DUPLICATE);
                    assertThat(problem.line()).isEqualTo(ADDED + 1);
                    assertThat(problem.message()).contains("line 5");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "quota.per-minute|0", "quota.per-minute|-1", "quota.per-minute|1.5", "quota.per-minute|many", "quota.per-minute|2147483648",
            "quota.minute-period|62 s", "quota.minute-period|62x", "quota.minute-period|10sec", "quota.minute-period|0s",
            "quota.minute-period|1m30",
            "result.max-bytes|8G", "result.max-bytes|-1", "result.max-bytes|99999999999GB", "result.max-bytes|0",
            "intake.inbox.enabled|yes", "deliver.email.port|70000", "deliver.email.port|0",
            "tenant.contoso.api-url|https://user:pw@api.example.org", "tenant.contoso.api-url|https://api.example.org/api",
            "tenant.contoso.api-url|https://api.example.org/api/", "tenant.contoso.api-url|https://api.example.org?x=1",
            "tenant.contoso.api-url|ftp://api.example.org", "tenant.contoso.api-url|api.example.org", "tenant.contoso.api-url|https://",
            "tenant.contoso.authority-host|http://login.example.org", "tenant.contoso.authority-host|https://login.example.org/contoso",
            "tenant.contoso.authority-host|login.example.org",
            "tenant.contoso.credential|secret", "tenant.contoso.cloud|germany",
            "link.allowed-hosts|https://store.example.org", "link.allowed-hosts|*", "link.allowed-hosts|a.*.example.org",
            "link.allowed-hosts|store.example.org:99999", "link.allowed-hosts|store.example.org/x", "link.allowed-schemes|https,ftp",
            "deliver.ticket.url|https://user:pw@desk.example.org/", "deliver.ticket.kind|jirra",
    })
    void aMalformedValueIsRefusedWithWhatIsWanted(String name, String value) {
        String key = "live-response." + name;
        String form = SettingCatalog.declarationOf(key).orElseThrow().form();

        assertThat(problems(SOUND + key + "=" + value + "\n")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED);
            assertThat(problem.line()).isEqualTo(ADDED);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.message()).startsWith(key + " ").endsWith(" — give " + form);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "retry.grace|2000", "quota.minute-period|1m2s", "retry.grace|500ms", "result.max-bytes|64kb", "result.max-bytes|12",
            "tenant.contoso.api-url|https://eu.api.security.microsoft.com", "tenant.contoso.api-url|http://localhost:8080/",
            "tenant.contoso.authority-host|https://127.0.0.1:8443/",
            "link.allowed-hosts|core.windows.net, *.blob.example.org:8443, 127.0.0.1:1, [::1]:10000",
            "link.allowed-schemes|https, http", "deliver.ticket.url|https://logic.example.org/x?sig=abc", "intake.inbox.enabled|TRUE",
    })
    void aWellFormedValueIsTaken(String name, String value) {
        assertThat(problems(SOUND + "live-response." + name + "=" + value + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a guid", "contoso", "5382f7ea-7557-4ab7-9782-d50480024a4", "https://contoso.com", "-.com"})
    void aTenantIdIsAGuidOrADomain(String value) {
        assertThat(problems(SOUND.replace("contoso.onmicrosoft.com", value))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED);
            assertThat(problem.key()).isEqualTo("live-response.tenant.contoso.tenant-id");
        });
    }

    @Test
    void anEmptyValueIsNoWayToAskForTheDefault() {
        assertThat(problems(SOUND + "live-response.quota.per-minute=\n")).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED);
            assertThat(problem.message()).contains("leave it out for the default 100");
        });
    }

    @Test
    void tenantsAreAskedForWithTheNameThatTheOtherKeysHave() {
        assertThat(problems(SOUND.replaceFirst(".*\n", ""))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MISSING);
            assertThat(problem.line()).isEqualTo(1);
            assertThat(problem.message()).isEqualTo("live-response.tenants is missing — add live-response.tenants=contoso");
        });
        assertThat(problems("")).extracting(SettingProblem::code).containsExactly(Code.SETTING_MISSING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "client-secret|tenant-id client-id client-secret", "certificate|tenant-id client-id certificate-path",
            "device-code|tenant-id client-id", "managed-identity|''", "workload-identity|''", "azure-cli|''", "default|''",
    })
    void aTenantNeedsWhatItsCredentialNeeds(String kind, String needed) {
        List<SettingProblem> problems = problems("live-response.tenants=a\nlive-response.tenant.a.credential=" + kind + "\n");

        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MISSING);
            assertThat(problem.line()).isEqualTo(2);
        });
        assertThat(problems).extracting(problem -> problem.key().replace("live-response.tenant.a.", ""))
                .isEqualTo(needed.isEmpty() ? List.of() : List.of(needed.split(" ")));
    }

    @Test
    void aBlankRequiredSettingIsMissingOnItsOwnLine() {
        assertThat(problems(SOUND.replaceFirst("client-id=.*", "client-id="))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MISSING);
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @Test
    void aSecretMayStandInAFileOrInTheEnvironment() throws IOException {
        Path secret = secretFile("rw-------", "s3cret");
        String without = SOUND.replaceFirst("(?m)^.*client-secret.*\n", "");

        assertThat(problems(without)).extracting(SettingProblem::key).containsExactly("live-response.tenant.contoso.client-secret");
        assertThat(problems(without + "live-response.tenant.contoso.client-secret-file=" + secret)).isEmpty();
        assertThat(problems(without, Map.of("live-response.tenant.contoso.client-secret", "s3cret")::get, null)).isEmpty();
    }

    @Test
    void aValueOfTheEnvironmentIsCheckedToo() {
        assertThat(problems(SOUND, Map.of("live-response.quota.per-minute", "lots")::get, null)).extracting(SettingProblem::toString)
                .containsExactly("environment: SETTING_MALFORMED live-response.quota.per-minute is \"lots\""
                        + " — give a whole number from 1 to 2147483647");
    }

    @Test
    void aValueOfTheEnvironmentWinsOverTheFiles() {
        assertThat(problems(SOUND + "live-response.quota.per-hour=50\n", Map.of("live-response.quota.per-hour", "5000")::get, null))
                .isEmpty();
    }

    @Test
    void anEmptyVariableOfTheEnvironmentIsRefusedWhereCamelWouldTakeItForTheValue() {
        Map<String, String> outside = Map.of("live-response.quota.per-hour", "", "live-response.deliver.email.host", "");

        assertThat(problems(SOUND + "live-response.quota.per-hour=500\n", outside::get, null)).extracting(SettingProblem::toString)
                .containsExactly("environment: SETTING_MALFORMED live-response.quota.per-hour is empty"
                        + " — leave it out for the default 1500, or give a whole number from 1 to 2147483647");
    }

    @Test
    void aPlaceholderThatTheEnvironmentReplacesNeedNotBeResolved() {
        Map<String, String> outside = Map.of("live-response.tenant.contoso.client-secret", "s3cret");

        assertThat(problems(SOUND, outside::get, value -> {
            throw new IllegalArgumentException("no such variable");
        })).isEmpty();
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThat(problems(SOUND + """
                live-response.quota.per-minute=100
                live-response.quota.per-hour=99
                live-response.quota.minute-period=1h
                live-response.quota.hour-period=1h
                live-response.retry.delay=600000
                live-response.link.expiry-margin=30m
                """)).extracting(SettingProblem::line, SettingProblem::code, SettingProblem::key).containsExactly(
                tuple(5, Code.SETTING_CONFLICT, "live-response.quota.per-minute"),
                tuple(7, Code.SETTING_CONFLICT, "live-response.quota.minute-period"),
                tuple(9, Code.SETTING_CONFLICT, "live-response.retry.delay"),
                tuple(10, Code.SETTING_CONFLICT, "live-response.link.expiry-margin"));
    }

    @Test
    void tenantsThatTheEnvironmentCannotTellApartAreRefused() {
        assertThat(problems(
                "live-response.tenants=a-b,A_B\nlive-response.tenant.a-b.credential=default\nlive-response.tenant.A_B.credential=default"))
                .extracting(SettingProblem::code).containsExactly(Code.SETTING_CONFLICT);
    }

    @Test
    void aMailServerNeedsSenderAndRecipients() {
        assertThat(problems(SOUND + "live-response.deliver.email.host=mail.example.org\nlive-response.deliver.email.user=u\n"))
                .extracting(SettingProblem::code, SettingProblem::key, SettingProblem::line).containsExactly(
                        tuple(Code.SETTING_MISSING, "live-response.deliver.email.from", 5),
                        tuple(Code.SETTING_MISSING, "live-response.deliver.email.to", 5),
                        tuple(Code.SETTING_MISSING, "live-response.deliver.email.password", 6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"from|a@b.org,c@d.org", "from|someone", "to|a@b.org;c@d.org", "to|a@b.org, c@", "to|A <a@b.org>",
            "host|https://mail.example.org", "host|mail.example.org:25"})
    void mailSettingsHaveTheirForms(String name, String value) {
        String sound = SOUND
                + "live-response.deliver.email.host=mail.example.org\nlive-response.deliver.email.from=a@b.org\nlive-response.deliver.email.to=a@b.org\n";

        assertThat(problems(sound)).isEmpty();
        assertThat(problems(sound.replaceFirst("email\\." + name + "=.*", "email." + name + "=" + value))).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "tenant=contoso user=a@b.org|-", "tenant=contoso user=a@b.org security=tls scope=https://outlook.example.org/.default|-",
            "tenant=contoso|SETTING_MISSING live-response.deliver.email.user is missing — live-response.deliver.email.tenant needs it",
            "tenant=contoso user=a@b.org password={{env:X}}|SETTING_CONFLICT live-response.deliver.email.tenant is a second login beside"
                    + " live-response.deliver.email.password — delete one of them",
            "tenant=contoso user=a@b.org security=none|SETTING_CONFLICT live-response.deliver.email.security would send the token",
            "tenant=contosso user=a@b.org|SETTING_CONFLICT live-response.deliver.email.tenant names a tenant that live-response.tenants"
                    + " does not list — add it there, or did you mean contoso?",
            "scope=https://outlook.office365.com/.default|SETTING_MISSING live-response.deliver.email.tenant is missing"
                    + " — live-response.deliver.email.scope needs it",
            "user=a@b.org|SETTING_MISSING live-response.deliver.email.password is missing — live-response.deliver.email.user needs it",
            "to.failed=a@b.org|-", "to.failed=someone|SETTING_MALFORMED live-response.deliver.email.to.failed is malformed",
    })
    void aMailServersLoginIsOneThatCanBe(String settings, String complaint) {
        String lines = Stream.of(settings.split(" ")).map(setting -> "live-response.deliver.email." + setting + "\n")
                .collect(Collectors.joining());

        List<SettingProblem> problems = problems(SOUND + "live-response.deliver.email.host=mail.example.org\n"
                + "live-response.deliver.email.from=a@b.org\nlive-response.deliver.email.to=a@b.org\n" + lines);

        if (complaint == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.toString()).contains(complaint));
        }
    }

    @Test
    void aTicketSystemNeedsItsAddress() {
        assertThat(problems(SOUND + "live-response.deliver.ticket.kind=webhook\n")).extracting(SettingProblem::code, SettingProblem::key)
                .containsExactly(tuple(Code.SETTING_MISSING, "live-response.deliver.ticket.url"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "kind=servicenow url=https://d|ticket.user ticket.password", "kind=servicenow url=https://d user=u|ticket.password",
            "kind=servicenow url=https://d user=u password=p|-", "kind=servicenow url=https://d client-id=i|ticket.client-secret",
            "kind=servicenow url=https://d client-id=i client-secret=s|-",
            "kind=servicenow url=https://d client-id=i client-secret=s user=u|ticket.user",
            "kind=jira url=https://d|ticket.project ticket.token", "kind=jira url=https://d project=SOC token=t user=u|-",
            "kind=jira url=https://d project=SOC user=u password=p|-", "kind=jira url=https://d project=S-^ token=t|ticket.project",
            "kind=servicenow url=https://d token=t table=a/b|ticket.table", "kind=webhook url=https://d signing-secret=s headers=X-A=b|-",
            "kind=webhook url=https://d headers=no|ticket.headers", "kind=webhook url=https://d format=yaml|ticket.format",
    })
    void eachTicketSystemNeedsWhatItNeeds(String settings, String wrong) {
        String lines = Stream.of(settings.split(" ")).map(setting -> "live-response.deliver.ticket." + setting + "\n")
                .collect(Collectors.joining());

        assertThat(problems(SOUND + lines)).filteredOn(problem -> problem.code() != Code.SETTING_SECRET_LITERAL)
                .extracting(SettingProblem::key).containsExactlyInAnyOrderElementsOf(wrong == null
                        ? List.of()
                        : Stream.of(wrong.split(" ")).map(key -> "live-response.deliver." + key).toList());
    }

    @Test
    void anIntakeNeedsTheWorker() {
        String off = SOUND + "live-response.worker.enabled=false\n";

        assertThat(problems(off)).isEmpty();
        assertThat(problems(off + "live-response.intake.http.enabled=false")).isEmpty();
        assertThat(problems(SOUND + "live-response.intake.http.enabled=true")).isEmpty();
        assertThat(problems(off + "live-response.intake.http.enabled=true\nlive-response.intake.inbox.enabled=true"))
                .extracting(SettingProblem::code, SettingProblem::key).containsExactlyInAnyOrder(
                        tuple(Code.SETTING_CONFLICT, "live-response.intake.http.enabled"),
                        tuple(Code.SETTING_CONFLICT, "live-response.intake.inbox.enabled"));
    }

    @Test
    void aBrokersAddressNeedsADestination() {
        assertThat(problems(SOUND + "live-response.deliver.jms.url=amqp://broker:5672\n")).extracting(SettingProblem::key)
                .containsExactly("live-response.deliver.jms.destination");
        assertThat(problems(SOUND + "live-response.deliver.jms.destination=queue:results\n")).isEmpty();
    }

    @Test
    void aTrustStoreMustOpenWithItsPassword() throws Exception {
        Path store = directory.resolve("trust.p12");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setEntry("k", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")),
                new KeyStore.PasswordProtection("right".toCharArray()));
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, "right".toCharArray());
        }
        Path rubbish = Files.writeString(directory.resolve("rubbish"), "no store");
        Map<String, String> password = Map.of("live-response.tls.trust-store-password", "right");
        String setting = SOUND + "live-response.tls.trust-store=";

        assertThat(problems(setting + store, password::get, null)).isEmpty();
        assertThat(problems(setting
                + Files.writeString(directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")))
                .singleElement().satisfies(problem -> assertThat(problem.message()).contains("does not open", "PEM"));
        assertThat(problems(setting + store, Map.of("live-response.tls.trust-store-password", "wr0ng")::get, null))
                .singleElement().satisfies(problem -> assertThat(problem.message()).contains("does not open").doesNotContain("wr0ng"));
        assertThat(problems(setting + store + "\nlive-response.tls.trust-store-password={{env:X}}")).isEmpty();
        assertThat(problems(setting + rubbish, password::get, null)).extracting(SettingProblem::code)
                .containsExactly(Code.SETTING_MALFORMED);
        assertThat(problems(setting + directory.resolve("none"), password::get, null)).extracting(SettingProblem::code)
                .containsExactly(Code.SETTING_MALFORMED);
        assertThat(problems(SOUND + "live-response.tls.trust-store-password={{env:X}}")).extracting(SettingProblem::key)
                .containsExactly("live-response.tls.trust-store");
    }

    @Test
    void aCertificateMustBeAFileThatCanBeRead() {
        assertThat(problems(
                SOUND + "live-response.tenant.contoso.credential=certificate\nlive-response.tenant.contoso.certificate-path=none.pem"))
                .extracting(SettingProblem::code, SettingProblem::line).containsExactly(tuple(Code.SETTING_MALFORMED, 6));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSecretsFileThatEverybodyMayReadIsWarnedOf() throws IOException {
        String without = SOUND.replaceFirst("(?m)^.*client-secret.*\n", "") + "live-response.tenant.contoso.client-secret-file=";

        assertThat(problems(without + secretFile("rw-r--r--", "s3cret"))).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_SECRET_EXPOSED);
            assertThat(problem.code().isError()).isFalse();
        });
        assertThat(problems(without + secretFile("rw-r-----", "s3cret"))).isEmpty();
        assertThat(problems(without + secretFile("rw-------", " \n"))).extracting(SettingProblem::code)
                .containsExactly(Code.SETTING_MALFORMED);
    }

    @Test
    void aSecretGivenTwiceIsRefused() throws IOException {
        assertThat(problems(SOUND + "live-response.tenant.contoso.client-secret-file=" + secretFile("rw-------", "s3cret")))
                .extracting(SettingProblem::code).containsExactly(Code.SETTING_CONFLICT);
    }

    @Test
    void aSecretInTheSettingsFileIsAWarningAndInAHostsMapIsNot() {
        Map<String, String> map = Map.of("live-response.tenants", "a", "live-response.tenant.a.tenant-id", "contoso.com",
                "live-response.tenant.a.client-id", "c", "live-response.tenant.a.client-secret", "s3cret");

        assertThat(problems(SOUND.replace("{{env:CONTOSO_SECRET}}", "s3cret"))).extracting(SettingProblem::code, SettingProblem::line)
                .containsExactly(tuple(Code.SETTING_SECRET_LITERAL, 4));
        assertThat(new SettingsValidator(NOTHING_OUTSIDE, null).validate(map)).isEmpty();
    }

    @Test
    void noMessageHoldsAValueThatMayBeASecret() {
        String secret = "Qx7~s3cretValue";
        StringBuilder text = new StringBuilder("live-response.tenants=contoso\n");
        SettingCatalog.keys(List.of("contoso")).stream().filter(key -> !key.equals("live-response.tenants"))
                .filter(key -> switch (SettingCatalog.declarationOf(key).orElseThrow().type()) {
                    case TEXT, PATH, URL, API_URL, AUTHORITY, TENANT_ID, HOST, ADDRESS, ADDRESSES -> true;
                    default -> false;
                }).forEach(key -> text.append(key).append('=').append(secret).append('\n').append(key).append(": ").append(secret)
                        .append('\n'));

        List<SettingProblem> problems = problems(text.toString());

        assertThat(problems).hasSizeGreaterThan(30).noneMatch(problem -> problem.toString().contains(secret));
    }

    @Test
    void placeholdersAreCheckedOnceTheyCanBeResolved() {
        String text = SOUND + "live-response.quota.per-minute={{env:PER_MINUTE}}\nlive-response.data-directory=${user.dir}\n";

        assertThat(problems(text)).isEmpty();
        assertThat(problems(text, NOTHING_OUTSIDE, value -> value.replace("{{env:PER_MINUTE}}", "7"))).isEmpty();
        assertThat(problems(text, NOTHING_OUTSIDE, value -> value.replace("{{env:PER_MINUTE}}", "seven"))).singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(ADDED));
        assertThat(problems(text, NOTHING_OUTSIDE, value -> {
            if (value.contains("PER_MINUTE")) {
                throw new IllegalArgumentException("secret text");
            }
            return value;
        })).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED);
            assertThat(problem.message()).contains("cannot be resolved").doesNotContain("secret text");
        });
    }

    @Test
    void aMalformedEscapeAndAByteOrderMarkAreNamed() {
        assertThat(problems("\u00EF\u00BB\u00BF" + SOUND + "live-response.data-directory=C:\\users\n"))
                .extracting(SettingProblem::code, SettingProblem::line).containsExactly(
                        tuple(Code.SETTING_MALFORMED, 1),
                        tuple(Code.SETTING_MALFORMED, ADDED));
    }

    @Test
    void aSettingsFileThatIsNotThereIsAProblemAndNoException() {
        assertThat(new SettingsValidator().validate(directory.resolve("none.properties"))).extracting(SettingProblem::code)
                .containsExactly(Code.SETTING_MISSING);
    }

    private List<SettingProblem> problems(String text) {
        return problems(text, NOTHING_OUTSIDE, null);
    }

    private List<SettingProblem> problems(String text, UnaryOperator<String> environment, UnaryOperator<String> resolver) {
        try {
            Files.writeString(file(), text, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return new SettingsValidator(environment, resolver).validate(file());
    }

    private Path file() {
        return directory.resolve("application.properties");
    }

    private Path secretFile(String permissions, String content) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), content);
        if (Files.getFileStore(secret).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));
        }
        return secret;
    }

    @Test
    void ten_thousand_tenants_are_read_without_a_stack_overflow() {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "tenant-" + i).collect(Collectors.joining(","));
        String tenants = IntStream.range(0, 10_000).mapToObj(i -> "live-response.tenant.tenant-" + i + ".credential=managed-identity\n")
                .collect(Collectors.joining());

        assertThat(problems("live-response.tenants=" + names + "\n" + tenants)).isEmpty();
        assertThat(Settings.of(Map.of("live-response.tenants", names)).tenants()).hasSize(10_000);
    }

    @ParameterizedTest
    @CsvSource({"PT62S, 62000", "pt1m2s, 62000", "PT1H30M, 5400000", "P1D, 86400000", "P1DT1H, 90000000", "PT0.5S, 500", "62s, 62000"})
    void durations_are_read_in_both_notations(String text, long millis) {
        assertThat(Settings.of(Map.of("live-response.retry.grace", text)).duration("live-response.retry.grace")).hasMillis(millis);
        assertThat(problems(SOUND + "live-response.retry.grace=" + text + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P", "PT", "P1", "PT62", "62S", "-PT62S", "P1Y", "PT1M1H"})
    void other_notations_of_durations_are_refused(String text) {
        assertThat(problems(SOUND + "live-response.retry.grace=" + text + "\n")).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED));
    }

    @Test
    void iso_durations_are_converted_for_routes_since_camel_reads_them_as_0() throws IOException {
        Files.writeString(file(), SOUND + "live-response.quota.minute-period=PT62S\nlive-response.retry.grace=3h\n");

        assertThat(CamelDurations.inMillis(file())).isEqualTo(Map.of("live-response.quota.minute-period", "62000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "quota.minute-period=62|SETTING_MALFORMED|is 62 ms, shorter than the window of the API — give 62s or longer",
            "quota.hour-period=70s|SETTING_MALFORMED|is 70000 ms",
            "quota.minute-period=50s|SETTING_RISKY|is 50000 ms",
            "quota.per-minute=2000000000\\nlive-response.quota.per-hour=2000000000|SETTING_MALFORMED|is 2000000000 — give a number up to",
            "quota.per-hour=100001|SETTING_MALFORMED|give a number up to 100000"})
    void a_quota_far_from_that_of_the_api_is_found(String line, Code code, String message) {
        assertThat(problems(SOUND + "live-response." + line.replace("\\n", "\n") + "\n")).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
        }).anySatisfy(problem -> assertThat(problem.message()).contains(message));
    }

    @Test
    void a_quota_window_of_a_second_is_refused() {
        assertThat(problems(SOUND + "live-response.quota.hour-period=1s\n")).extracting(SettingProblem::code)
                .contains(Code.SETTING_MALFORMED);
    }

    @Test
    void each_missing_variable_is_named_with_its_line_also_for_keys_of_camel() throws IOException {
        Files.writeString(file(), "camel.management.port={{env:PORT_OF_MINE}}\n" + SOUND
                + "live-response.data-directory={{env:NO_DIRECTORY:data}}\nlive-response.ledger.user={{?env:NO_USER}}\n");

        assertThat(new SettingsValidator(NOTHING_OUTSIDE, null, name -> null).validate(file())).extracting(SettingProblem::toString)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(file()
                                + ":1: SETTING_VARIABLE_MISSING camel.management.port needs the variable PORT_OF_MINE, which is not set — "),
                        two -> assertThat(two).startsWith(file()
                                + ":5: SETTING_VARIABLE_MISSING live-response.tenant.contoso.client-secret needs the variable CONTOSO_SECRET, "));
    }

    @Test
    void the_value_of_a_variable_is_checked() throws IOException {
        Files.writeString(file(), SOUND + "live-response.quota.per-minute={{env:PER_MINUTE}}\n");

        assertThat(new SettingsValidator(NOTHING_OUTSIDE, null, Map.of("CONTOSO_SECRET", "x", "PER_MINUTE", "many")::get).validate(file()))
                .singleElement().satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED);
                    assertThat(problem.line()).isEqualTo(ADDED);
                });
    }

    @ParameterizedTest
    @CsvSource({"region=mars, SETTING_MALFORMED", "api-version=1.0, SETTING_MALFORMED"})
    void a_malformed_region_or_version_is_refused(String line, Code code) {
        assertThat(problems(SOUND + "live-response.tenant.contoso." + line + "\n")).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void a_region_is_refused_outside_of_the_commercial_cloud_and_beside_an_address() {
        String tenant = "live-response.tenant.contoso.";
        assertThat(problems(SOUND + tenant + "region=eu\n")).isEmpty();
        assertThat(problems(SOUND + tenant + "region=eu\n" + tenant + "cloud=gcc\n")).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.SETTING_CONFLICT));
        assertThat(problems(SOUND + tenant + "region=eu\n" + tenant + "api-url=https://api.example.org\n")).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.SETTING_CONFLICT));
    }

    @Test
    void a_proxy_login_needs_both_parts_and_an_address() {
        assertThat(problems(SOUND + "live-response.proxy.user=me\n")).extracting(SettingProblem::key)
                .containsExactlyInAnyOrder("live-response.proxy.url", "live-response.proxy.password");
        assertThat(problems(SOUND + "live-response.proxy.url=https://proxy.example.org\n")).singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.SETTING_MALFORMED));
    }
}
