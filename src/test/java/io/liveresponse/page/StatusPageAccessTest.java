package io.liveresponse.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see and change what. The requests are written by hand, so that every header is the test's own. */
class StatusPageAccessTest {

    private static final String KEY = "the-key-of-the-page";
    private static final String ELSEWHERE = "status.contoso.example";
    private static final String REPLAY = "/requests/" + SamplePageData.DEAD + "/replay";

    private PageServer server;

    record Answer(int status, Map<String, String> headers, String body) {
    }

    @BeforeEach
    void start() {
        server = new PageServer(KEY, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aBrowserOnThisMachineNeedsNoKey() throws IOException {
        assertThat(get("/", "localhost").status()).isEqualTo(200);
        assertThat(get("/api/overview", "127.0.0.1").body()).contains("\"tenants\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/requests", "/runs", "/flow", "/requests/contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0"})
    void fromElsewhereEachPageLeadsToTheLogin(String path) throws IOException {
        Answer answer = get(path, ELSEWHERE);

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.headers()).containsEntry("location", "/login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/overview", "/api/requests", "/api/runs", "/api/flow", "/events"})
    void fromElsewhereTheDataIsRefusedWithoutASession(String path) throws IOException {
        assertThat(get(path, ELSEWHERE)).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain("contoso");
        });
    }

    @Test
    void aNameOfAnotherSiteThatLeadsToThisMachineIsElsewhere() throws IOException {
        assertThat(get("/api/overview", "rebind.example").status()).isEqualTo(401);
    }

    @Test
    void withoutAKeyNobodyElsewhereIsLetIn() throws IOException {
        try (PageServer local = new PageServer(null, Clock.systemUTC())) {
            Answer answer = send(local.port(), "GET / HTTP/1.1\r\nHost: " + ELSEWHERE + "\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).contains("live-response.page.key");
        }
    }

    @Test
    void theKeyOpensASessionThatStrictlyStaysOnThisSite() throws IOException {
        Answer opened = logIn(KEY);

        assertThat(opened.status()).isEqualTo(303);
        assertThat(opened.headers().get("set-cookie")).contains("HTTPOnly", "SameSite=Strict", "Path=/").doesNotContain(KEY);
        assertThat(get("/", ELSEWHERE, "Cookie: " + cookie(opened)).status()).isEqualTo(200);
    }

    @Test
    void theCookieFromBeforeTheLoginDoesNotBecomeTheSession() throws IOException {
        Answer form = get("/login", ELSEWHERE);
        assertThat(post("/login", ELSEWHERE, cookie(form), "token=" + token(form) + "&key=" + KEY).status()).isEqualTo(303);

        assertThat(get("/api/overview", ELSEWHERE, "Cookie: " + cookie(form)).status()).isEqualTo(401);
    }

    @Test
    void aWrongKeyIsRefusedAndAfterFiveNobodyMayTryForAMinute() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThat(logIn("wrong").status()).isEqualTo(403);
        }
        assertThat(logIn("wrong").status()).isEqualTo(429);
        assertThat(logIn(KEY).status()).isEqualTo(429);
    }

    @Test
    void loggingOutEndsTheSession() throws IOException {
        String session = cookie(logIn(KEY));
        Answer page = get("/", ELSEWHERE, "Cookie: " + session);
        assertThat(post("/logout", ELSEWHERE, session, "token=" + token(page)).status()).isEqualTo(303);

        assertThat(get("/api/overview", ELSEWHERE, "Cookie: " + session).status()).isEqualTo(401);
    }

    @Test
    void aChangeNeedsTheTokenOfTheVisitorsOwnCookie() throws IOException {
        Answer page = get("/requests/" + SamplePageData.DEAD, "localhost");
        Answer other = get("/requests/" + SamplePageData.DEAD, "localhost");

        assertThat(post(REPLAY, "localhost", cookie(page), "").status()).isEqualTo(403);
        assertThat(post(REPLAY, "localhost", cookie(page), "token=" + token(other)).status()).isEqualTo(403);
        assertThat(server.data.changes).isEmpty();
        assertThat(post(REPLAY, "localhost", cookie(page), "token=" + token(page)).status()).isEqualTo(303);
        assertThat(server.data.changes).containsExactly("replay " + SamplePageData.DEAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", "http://localhost:1"})
    void aForeignOriginIsRefusedWhateverItAsksFor(String origin) throws IOException {
        Answer page = get("/requests/" + SamplePageData.DEAD, "localhost");

        assertThat(get("/api/overview", "localhost", "Origin: " + origin).status()).isEqualTo(403);
        assertThat(post(REPLAY, "localhost", cookie(page), "token=" + token(page), "Origin: " + origin).status()).isEqualTo(403);
        assertThat(server.data.changes).isEmpty();
    }

    @Test
    void anotherSitesScriptOrImageIsRefused() throws IOException {
        assertThat(get("/api/overview", "localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {REPLAY_PATH, "/requests/contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0/dry-run", "/runs/r-20261121-1/cancel",
            "/logout"})
    void nothingIsChangedByGet(String path) throws IOException {
        assertThat(get(path, "localhost").status()).isEqualTo(404);
        assertThat(server.data.changes).isEmpty();
    }

    private static final String REPLAY_PATH = "/requests/contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0/replay";

    @Test
    void everyAnswerForbidsInlineScriptsFramesAndForeignContent() throws IOException {
        for (String path : List.of("/", "/login", "/static/style.css", "/api/overview", "/no-such-page")) {
            Answer answer = get(path, "localhost");
            if (answer.headers().containsKey("content-security-policy")) {
                assertThat(answer.headers().get("content-security-policy"))
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff").containsEntry("cache-control", "no-store");
            } else {
                assertThat(path).isEqualTo("/no-such-page");
            }
        }
    }

    @Test
    void aPageHoldsNoScriptStyleOrHandlerOfItsOwn() throws IOException {
        for (String path : List.of("/", "/requests", "/requests/" + SamplePageData.DEAD, "/runs/r-20261121-1", "/flow", "/login")) {
            assertThat(get(path, "localhost").body()).as(path).doesNotContain("<script>", " style=", "<img ", "<b>bold");
        }
    }

    @Test
    void aDeliveredFileIsSavedAndNeverShown() throws IOException {
        Answer answer = get("/requests/" + SamplePageData.DEAD + "/files/file", "localhost");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/octet-stream")
                .containsEntry("content-disposition", "attachment; filename=\"LICENSE\"");
        assertThat(get("/requests/" + SamplePageData.DEAD + "/files/ticket", "localhost").status()).isEqualTo(404);
        assertThat(get("/requests/" + SamplePageData.DEAD + "/files/file", ELSEWHERE).status()).isEqualTo(303);
    }

    @Test
    void aLedgerThatDoesNotAnswerIsSaidWithoutItsWords() throws IOException {
        server.data.failure = new IllegalStateException("password=hunter2");

        assertThat(get("/", "localhost")).satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("The ledger does not answer").doesNotContain("hunter2");
        });
    }

    @Test
    void aFilterThatCannotBeReadIsNamed() throws IOException {
        Answer answer = get("/api/requests?state=finished", "localhost");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("state must be one of claimed, dead, delivered, due");
    }

    private Answer logIn(String key) throws IOException {
        Answer form = get("/login", ELSEWHERE);
        return post("/login", ELSEWHERE, cookie(form), "token=" + token(form) + "&key=" + key);
    }

    private Answer get(String path, String host, String... headers) throws IOException {
        return send(server.port(),
                "GET " + path + " HTTP/1.1\r\nHost: " + host(host) + "\r\nConnection: close\r\n" + lines(headers) + "\r\n");
    }

    private Answer post(String path, String host, String cookie, String form, String... headers) throws IOException {
        return send(server.port(), "POST " + path + " HTTP/1.1\r\nHost: " + host(host) + "\r\nConnection: close\r\nCookie: " + cookie
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n" + lines(headers)
                + "\r\n" + form);
    }

    private String host(String name) {
        return name.equals(ELSEWHERE) ? name : name + ":" + server.port();
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    private static Answer send(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            int status = Integer.parseInt(in.readLine().split(" ")[1]);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                headers.put(line.substring(0, line.indexOf(':')).toLowerCase(java.util.Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip());
            }
            StringBuilder body = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                body.append(line).append('\n');
            }
            return new Answer(status, headers, body.toString());
        }
    }

    private static String cookie(Answer answer) {
        return answer.headers().get("set-cookie").replaceFirst(";.*", "");
    }

    private static String token(Answer page) {
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }
}
