package io.liveresponse.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liveresponse.simulator.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinRateInputStreamTest {

    private final SettableClock clock = new SettableClock();

    private InputStream steady(int bytes) {
        return new MinRateInputStream(new ByteArrayInputStream(new byte[bytes]), clock, Duration.ofSeconds(10), 100);
    }

    @Test
    void aStreamThatKeepsComingIsReadToItsEnd() throws IOException {
        InputStream in = steady(1000);

        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(10));
            assertThat(in.readNBytes(100)).hasSize(100);
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void fewerBytesThanWantedInAWindowEndIt() throws IOException {
        InputStream in = steady(1000);
        assertThat(in.readNBytes(98)).hasSize(98);
        clock.advance(Duration.ofSeconds(10));

        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void withinTheWindowNothingIsWanted() throws IOException {
        InputStream in = steady(1000);
        clock.advance(Duration.ofMillis(9_999));

        assertThat(in.read()).isZero();
    }

    @Test
    void theEndIsNeverTooSlow() throws IOException {
        InputStream in = steady(1);
        assertThat(in.read()).isZero();
        clock.advance(Duration.ofDays(1));

        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void manyBytesOfOneWindowDoNotCountForTheNext() throws IOException {
        InputStream in = steady(1000);
        clock.advance(Duration.ofSeconds(10));
        assertThat(in.readNBytes(500)).hasSize(500);
        clock.advance(Duration.ofSeconds(10));

        assertThatThrownBy(() -> in.read(new byte[50])).isInstanceOf(IOException.class);
    }
}
