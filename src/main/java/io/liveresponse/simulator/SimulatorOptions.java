package io.liveresponse.simulator;

import io.liveresponse.simulator.api.SimulatorQuota;
import io.liveresponse.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How a simulator is set up. Immutable; each {@code with…} gives a changed copy.
 *
 * @param workDirectory where the trust store goes; made if missing
 * @param scenario      tenants and actions to start with
 * @param quota         the true windows
 * @param linkLifetime  how long a link is good; whole seconds
 * @param tokenLifetime how long a token is good; a client library may refuse less than some seconds
 * @param pageSize      the most actions or machines in one page of a list
 * @param clock         the time by which calls are judged
 * @param ports         the ports
 * @param bindAddress   the address to listen on
 * @param publicHost    the name in the URLs, also in the certificate
 * @param plainHttp     true for the API and the blob store without TLS; the sign-in service always has it
 * @param mail          whether there is a mail server
 */
public record SimulatorOptions(
        Path workDirectory, Scenario scenario, SimulatorQuota quota, Duration linkLifetime, Duration tokenLifetime, int pageSize,
        Clock clock, SimulatorPorts ports, String bindAddress, String publicHost, boolean plainHttp, boolean mail) {

    private static final int MOST_PER_PAGE = 10_000;

    public SimulatorOptions {
        Objects.requireNonNull(workDirectory, "workDirectory");
        Objects.requireNonNull(scenario, "scenario");
    }

    /** The documented quota and lifetimes, the system's clock, free ports on loopback, no mail server. */
    public static SimulatorOptions in(Path workDirectory, Scenario scenario) {
        return new SimulatorOptions(workDirectory, scenario, SimulatorQuota.DOCUMENTED, Duration.ofMinutes(30), Duration.ofMinutes(60),
                MOST_PER_PAGE, Clock.systemUTC(), SimulatorPorts.FREE, "127.0.0.1", "localhost", false, false);
    }

    public SimulatorOptions withQuota(int perMinute, Duration minutePeriod, int perHour, Duration hourPeriod) {
        return new SimulatorOptions(workDirectory, scenario, new SimulatorQuota(perMinute, minutePeriod, perHour, hourPeriod),
                linkLifetime, tokenLifetime, pageSize, clock, ports, bindAddress, publicHost, plainHttp, mail);
    }

    public SimulatorOptions withLinkLifetime(Duration lifetime) {
        return new SimulatorOptions(workDirectory, scenario, quota, lifetime, tokenLifetime, pageSize, clock, ports, bindAddress,
                publicHost, plainHttp, mail);
    }

    public SimulatorOptions withTokenLifetime(Duration lifetime) {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, lifetime, pageSize, clock, ports, bindAddress,
                publicHost, plainHttp, mail);
    }

    public SimulatorOptions withPageSize(int size) {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, tokenLifetime, size, clock, ports, bindAddress,
                publicHost, plainHttp, mail);
    }

    public SimulatorOptions withClock(Clock other) {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, tokenLifetime, pageSize, other, ports, bindAddress,
                publicHost, plainHttp, mail);
    }

    /** @param host the name under which the others reach the address */
    public SimulatorOptions withAddress(String bind, String host) {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, tokenLifetime, pageSize, clock, ports, bind, host,
                plainHttp, mail);
    }

    public SimulatorOptions withPlainHttp() {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, tokenLifetime, pageSize, clock, ports, bindAddress,
                publicHost, true, mail);
    }

    public SimulatorOptions withMail() {
        return new SimulatorOptions(workDirectory, scenario, quota, linkLifetime, tokenLifetime, pageSize, clock, ports, bindAddress,
                publicHost, plainHttp, true);
    }
}
