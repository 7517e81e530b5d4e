package io.liveresponse.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.liveresponse.ledger.RequestState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The page as a person meets it, in the system's Chromium. Without one the tests are skipped, unless
 * {@code -Dlive-response.browser=required} demands them. {@code -Dlive-response.screenshots=DIR} keeps the pictures.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatusPageBrowserTest {

    private static final String KEY = "the-key-of-the-page";
    private static final String ELSEWHERE = "status.contoso.example";
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ChromeDriver browser;
    private PageServer server;

    @BeforeAll
    void open(@TempDir Path profile) {
        if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
            String missing = "the tests of the status page need Chromium and its driver: apt-get install chromium chromium-driver";
            assertThat(System.getProperty("live-response.browser")).as(missing).isNotEqualTo("required");
            abort(missing);
        }
        ChromeOptions options = new ChromeOptions().setBinary(CHROMIUM.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--host-resolver-rules=MAP " + ELSEWHERE + " 127.0.0.1");
        browser = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(),
                options);
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void start() {
        server = new PageServer(KEY, Clock.systemUTC());
        dark(false);
        size(1_440);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theOverviewSaysWhatNeedsAPersonFirstAndLeadsToTheList() {
        browser.get(server.url("/"));

        assertThat(browser.findElement(By.id("attention")).getText()).startsWith("dead 3 requests of contoso are dead-lettered");
        browser.findElement(By.linkText("Show them")).click();
        await().atMost(PATIENCE).until(() -> browser.getCurrentUrl().endsWith("/requests?state=dead&tenant=contoso"));
        assertThat(server.data.asked.state()).isEqualTo(RequestState.DEAD);
        assertThat(server.data.asked.tenant()).isEqualTo("contoso");
    }

    @Test
    void theAddressOfAFilteredListIsTheFilter() {
        browser.get(server.url("/requests"));
        new Select(browser.findElement(By.id("state"))).selectByValue("dead");
        browser.findElement(By.id("device")).sendKeys("pc-7 & co");
        browser.findElement(By.xpath("//button[text()='Filter']")).click();

        await().atMost(PATIENCE).until(() -> browser.getCurrentUrl().contains("device=pc-7+%26+co"));
        assertThat(browser.getCurrentUrl()).contains("state=dead");
        assertThat(server.data.asked.device()).isEqualTo("pc-7 & co");
        assertThat(browser.findElement(By.id("device")).getDomProperty("value")).isEqualTo("pc-7 & co");
    }

    @Test
    void aRequestTellsItsStoryAndIsReplayedOnTheSpot() {
        browser.get(server.url("/requests/" + SamplePageData.DEAD));

        assertThat(browser.findElement(By.cssSelector(".note.bad")).getText()).contains("LINK_FORBIDDEN", "Machine.ReadWrite.All");
        assertThat(browser.findElements(By.cssSelector(".timeline li"))).hasSize(4);
        browser.findElement(By.xpath("//button[text()='Replay']")).click();
        awaitStatus("Answer: REROUTED");
        browser.findElement(By.xpath("//button[text()='Dry run']")).click();
        awaitStatus("Answer: would-go-to-file ticket");
        browser.navigate().refresh();
        assertThat(server.data.changes).containsExactly("replay " + SamplePageData.DEAD);
    }

    @Test
    void aRunIsCancelled() {
        browser.get(server.url("/runs"));
        browser.findElement(By.linkText("r-20261121-1")).click();
        browser.findElement(By.xpath("//button[text()='Cancel the run']")).click();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.data.changes).containsExactly("cancel r-20261121-1"));
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() {
        browser.get("data:text/html,<form method=post action=" + server.url("/requests/" + SamplePageData.DEAD + "/replay")
                + "><button>Win</button></form>");
        browser.findElement(By.tagName("button")).click();

        await().atMost(PATIENCE).ignoreExceptions().until(
                () -> browser.findElement(By.tagName("body")).getText().equals("The request comes from another site."));
        assertThat(server.data.changes).isEmpty();
    }

    @Test
    void aHostileDeviceNameAndOutputAreShownAsText() {
        for (String path : List.of("/requests", "/requests/" + SamplePageData.DEAD, "/runs/r-20261121-1")) {
            browser.get(server.url(path));
            assertThat(browser.getTitle()).endsWith("Live Response Routes");
            assertThat(browser.findElements(By.cssSelector("img, main script, b"))).isEmpty();
            assertThat(browser.findElement(By.tagName("main")).getText())
                    .contains("<script>document.title='owned'</script>", "{{7*7}}${7*7}").doesNotContain("\u202e");
        }
    }

    @Test
    void fromElsewhereTheKeyIsAskedForOnce() {
        browser.get("http://" + ELSEWHERE + ":" + server.port() + "/");
        assertThat(browser.getCurrentUrl()).endsWith("/login");
        browser.findElement(By.id("key")).sendKeys("wrong");
        browser.findElement(By.xpath("//button[text()='Log in']")).click();
        await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> browser.findElement(By.cssSelector("[role=alert]")).getText().equals("The key does not match."));

        browser.findElement(By.id("key")).sendKeys(KEY);
        browser.findElement(By.xpath("//button[text()='Log in']")).click();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> browser.findElement(By.tagName("h1")).getText().equals("Overview"));
        browser.get("http://" + ELSEWHERE + ":" + server.port() + "/requests/" + SamplePageData.DEAD);
        browser.findElement(By.xpath("//button[text()='Replay']")).click();
        await().atMost(PATIENCE).until(() -> server.data.changes.size() == 1);
    }

    @Test
    void theOverviewIsLiveAndSaysWhenTheDataIsFrom() {
        browser.get(server.url("/"));

        new WebDriverWait(browser, PATIENCE).until(
                page -> browser.executeScript("return performance.getEntriesByType('resource').some(e => e.name.endsWith('/events'))")
                        .equals(true) || page.findElement(By.id("at")).getText().equals("2026-11-21 08:30:00"));
        assertThat(browser.findElement(By.id("at")).getText()).isEqualTo("2026-11-21 08:30:00");
    }

    @ParameterizedTest
    @CsvSource({"overview,/", "requests,/requests", "request,REQUEST", "runs,/runs", "run,/runs/r-20261121-1", "flow,/flow",
            "login,/login"})
    void eachPageIsReadableSmallAndLargeLightAndDarkAndAxeFindsNothingSerious(String name, String path) throws IOException {
        for (boolean dark : new boolean[]{false, true}) {
            for (int width : new int[]{1_440, 360}) {
                dark(dark);
                size(width);
                browser.get(server.url(path.equals("REQUEST") ? "/requests/" + SamplePageData.DEAD : path));
                String variant = name + "-" + width + (dark ? "-dark" : "");
                long overflow = ((Number) browser
                        .executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth")).longValue();
                assertThat(overflow).as("%s is wider than the window", variant).isLessThanOrEqualTo(0);
                if (dark == (width < 1_000)) {
                    // each layout and each set of colours once
                    assertAccessible(variant);
                }
                picture(variant);
            }
        }
    }

    private void assertAccessible(String variant) {
        assertThat(new AxeBuilder().analyze(browser).getViolations()).as(variant)
                .filteredOn(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .extracting(Rule::getId, rule -> rule.getNodes().get(0).getHtml()).isEmpty();
    }

    /** A click returns before the browser has followed the redirect. */
    private void awaitStatus(String text) {
        await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> browser.findElement(By.cssSelector("[role=status]")).getText().equals(text));
    }

    private void picture(String name) throws IOException {
        String kept = System.getProperty("live-response.screenshots");
        if (kept != null) {
            Files.createDirectories(Path.of(kept));
            Files.write(Path.of(kept, name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    private void dark(boolean dark) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    private void size(int width) {
        browser.manage().window().setSize(new Dimension(width, 900));
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }
}
