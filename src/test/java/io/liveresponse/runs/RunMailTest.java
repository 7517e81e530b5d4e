package io.liveresponse.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.liveresponse.ledger.RunDeadline;
import io.liveresponse.simulator.Simulator;
import io.liveresponse.simulator.SimulatorOptions;
import io.liveresponse.simulator.scenario.ScenarioDevice;
import io.liveresponse.simulator.scenario.ScenarioFleet;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mail of a run. {@code -Dlive-response.screenshots=DIR} keeps its picture, as Chromium shows it. */
@Tag("integration")
class RunMailTest extends RunTestSupport {

    private static final ScenarioFleet FLEET = ScenarioFleet.of("contoso", 16, 12).failing("2").offline("3").restricted("1")
            .unsupported("1");

    @Test
    void one_mail_shows_every_device_with_those_that_need_somebody_first() throws Exception {
        simulator = Simulator.start(SimulatorOptions.in(directory.resolve("simulator"), scenario().withFleets(FLEET)).withMail()
                .withQuota(100_000, Duration.ofMinutes(1), 1_000_000, Duration.ofHours(1)));
        service = service();

        String run = order(Map.of("tenant", "contoso", "script", SCRIPT, "comment", "CHG-1234: disk health before the update", "devices",
                FLEET.expand().stream().map(ScenarioDevice::computerDnsName).toList())).run();
        await().atMost(Duration.ofSeconds(150)).until(() -> run(run).devices() - run(run).waiting() - run(run).open() == 13);
        RunDeadline.comes(directory.resolve("data"));
        awaitTable(run);
        await().atMost(Duration.ofSeconds(150)).until(() -> !simulator.mails().isEmpty());

        MimeMessage mail = simulator.mails().get(0);
        assertThat(mail.getSubject())
                .isEqualTo("Run of Get-Health.ps1 on 16 devices: 3 offline, 11 ran, 1 restricted, 1 unsupported (2 failed, 9 succeeded)");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).extracting(Object::toString).containsExactly("soc@example.com");
        List<Part> parts = parts(mail);
        String html = text(parts, "text/html");
        assertThat(html.indexOf("> failed<")).isBetween(1, html.indexOf("> offline<") - 1);
        assertThat(html.indexOf("> offline<")).isLessThan(html.indexOf("> succeeded<"));
        assertThat(html).contains("CHG-1234: disk health before the update");
        assertThat(text(parts, "text/csv").lines()).hasSize(17);
        picture(html);
        assertThat(simulator.mails()).hasSize(1);
    }

    private static List<Part> parts(Part part) throws Exception {
        List<Part> all = new ArrayList<>();
        if (part.getContent() instanceof Multipart parts) {
            for (int index = 0; index < parts.getCount(); index++) {
                BodyPart inner = parts.getBodyPart(index);
                all.addAll(parts(inner));
            }
        } else {
            all.add(part);
        }
        return all;
    }

    private static String text(List<Part> parts, String type) throws Exception {
        for (Part part : parts) {
            if (part.isMimeType(type)) {
                return new String(part.getInputStream().readAllBytes());
            }
        }
        throw new AssertionError("no part is " + type);
    }

    private void picture(String html) throws Exception {
        String kept = System.getProperty("live-response.screenshots");
        if (kept == null) {
            return;
        }
        Path page = Files.writeString(directory.resolve("mail.html"), html);
        Path picture = Files.createDirectories(Path.of(kept)).resolve("run-mail.png").toAbsolutePath();
        Process browser = new ProcessBuilder("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--user-data-dir=" + directory.resolve("browser"), "--window-size=960,1040", "--screenshot=" + picture,
                page.toUri().toString())
                .redirectErrorStream(true).redirectOutput(directory.resolve("browser.log").toFile()).start();
        assertThat(browser.waitFor()).as(Files.readString(directory.resolve("browser.log"))).isZero();
        assertThat(picture).isNotEmptyFile();
    }
}
