package io.liveresponse.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String SIGNATURE = "1dYGe9rPvUlXBPvYSmr6%2FOLXPY98m8qWqfIQCBbyZTY%3D";
    private static final int MEGABYTE = 1 << 20;

    record Sample(String name, String input, List<String> absent, List<String> present) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> corpus() throws IOException {
        try (InputStream file = RedactorTest.class.getResourceAsStream("/secrets/corpus.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#")).map(RedactorTest::sample).toList();
        }
    }

    private static Sample sample(String line) {
        String[] parts = line.replace("{sig}", SIGNATURE).split(" *\\| ", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("secrets/corpus.txt: " + line);
        }
        return new Sample(parts[0], parts[1].replace("\\n", "\n"), list(parts[2]), list(parts[3]));
    }

    private static List<String> list(String part) {
        return Stream.of(part.split(" ~ ")).filter(text -> !text.isBlank()).toList();
    }

    private static Redactor redactor() {
        Redactor redactor = new Redactor();
        redactor.hide("hunter2/known+secret");
        return redactor;
    }

    @Test
    void theCorpusHoldsAtLeastFortyTexts() throws IOException {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(40);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void secretsGoAndTheRestStays(Sample sample) {
        String clean = redactor().redact(sample.input());

        assertThat(clean).contains(sample.present());
        sample.absent().forEach(secret -> assertThat(clean).doesNotContain(secret));
        assertThat(redactor().redact(clean)).as("a clean text").isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "https:", "eyJ", "eyJ.", "eyJa.b", "sig=", "bearer ", "bearer%20", "Bearer", "%20", "authorization:",
            "authorization ",
            "cookie=", "password", "password=\"", "password\\\\\\\"", "access_token", "client_secret=&", "\\", "\"", "?", "GET /", "GET  ",
            "a", "=", "&amp;",
            "-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "%2525253F", "https%3A%2F%2F", "//a", "@", "digest ", "[\"'", " ", "\n"})
    @Timeout(20)
    void aMegabyteOfAnythingIsDoneInTimeAndWithoutDeepRecursion(String piece) {
        String hostile = piece.repeat(MEGABYTE / piece.length());

        assertThat(redactor().redact(hostile)).isNotEmpty();
        String some = piece.repeat(MEGABYTE / 8 / piece.length());
        assertThat(redactor().redact("https://a.example/" + some)).isNotEmpty();
        assertThat(redactor().redact("password=\"" + some + " sig=")).isNotEmpty();
    }

    @Test
    void aValueIsHiddenUntilEachOfItsUsersLetsItGo() {
        Redactor redactor = new Redactor();
        redactor.hide("in-flight");
        redactor.hide("in-flight");
        redactor.unhide("in-flight");
        assertThat(redactor.redact("an in-flight value")).isEqualTo("an *** value");

        redactor.unhide("in-flight");
        assertThat(redactor.redact("an in-flight value")).isEqualTo("an in-flight value");

        redactor.unhide("in-flight");
        redactor.hide("in-flight");
        assertThat(redactor.redact("an in-flight value")).isEqualTo("an *** value");
    }

    @Test
    void theLongerOfTwoValuesGoesFirst() {
        Redactor redactor = new Redactor();
        redactor.hide("abcd");
        redactor.hide("abcdefgh");

        assertThat(redactor.redact("x abcdefgh y")).isEqualTo("x *** y");
    }

    @Test
    void aValueTakesThoseWithItThatEndWithinIt() {
        Redactor redactor = new Redactor();
        redactor.hide("cdef");
        redactor.hide("ghij");
        redactor.hide("bcdefghijk");

        assertThat(redactor.redact("a bcdefghijk, cdef ghij")).isEqualTo("a ***, *** ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:", "\0user\0", "someone@example.com:"})
    void aValueIsTakenOutOfBase64WhateverStandsBeforeAndBehind(String before) {
        Redactor redactor = new Redactor();
        redactor.hide("hunter2/known+secret");

        for (String behind : List.of("", "b", "be", "behind")) {
            byte[] bytes = (before + "hunter2/known+secret" + behind).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
                String text = encoder.encodeToString(bytes);
                String clean = redactor.redact("said: " + text);

                assertThat(clean).contains("***").hasSizeLessThanOrEqualTo("said: ".length() + text.length() - 20);
            }
        }
    }

    @Test
    void valuesThatTouchOrOverlapAreTakenOutAsOne() {
        Redactor redactor = new Redactor();
        List.of("abcdef", "defghi", "first", "second").forEach(redactor::hide);

        assertThat(redactor.redact("x abcdefghi y")).isEqualTo("x *** y");
        assertThat(redactor.redact("x firstsecond y")).isEqualTo("x *** y");
        assertThat(redactor.redact("abcdef")).isEqualTo("***");
        assertThat(redactor.redact("abc defghi")).isEqualTo("abc ***");
    }

    @Test
    void everyOneOfManyValuesIsFound() {
        Redactor redactor = new Redactor();
        List<String> values = IntStream.range(0, 1_000).mapToObj(number -> "value-" + number + "-" + number * 31).toList();
        values.forEach(redactor::hide);

        assertThat(values).allSatisfy(value -> assertThat(redactor.redact("(" + value + ")")).isEqualTo("(***)"));
        assertThat(redactor.redact("value-1000-31000")).isEqualTo("value-1000-31000");
    }

    @Test
    void ofManyValuesThatComeAndGoThoseAreFoundThatAreStillHeld() {
        Redactor redactor = new Redactor();
        IntStream.range(0, 2_000).forEach(number -> redactor.hide("value#" + number + "#"));
        IntStream.range(0, 2_000).filter(number -> number % 2 == 0).forEach(number -> redactor.unhide("value#" + number + "#"));

        IntStream.range(0, 2_000).forEach(number -> assertThat(redactor.redact("the value#" + number + "# of it"))
                .isEqualTo(number % 2 == 0 ? "the value#" + number + "# of it" : "the *** of it"));
    }

    @Test
    void aValueTooShortToBeToldFromWordsIsLeft() {
        Redactor redactor = new Redactor();
        redactor.hide("abc");
        redactor.hide(null);
        redactor.hide("");

        assertThat(redactor.redact("abc is no secret")).isEqualTo("abc is no secret");
    }

    @Test
    void nothingComesBackAsNothing() {
        assertThat(redactor().redact(null)).isNull();
        assertThat(redactor().redact("")).isEmpty();
    }
}
