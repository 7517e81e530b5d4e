package io.liveresponse.promise;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioAction;
import io.liveresponse.simulator.scenario.ScenarioBlob;
import io.liveresponse.simulator.scenario.ScenarioCommand;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many actions of one command each; by turns their results go to a file alone, to a ticket, to a mail, and to all of them. */
record CrashScenario(int requests) {

    static final SimulatorTenant TENANT = SimulatorTenant.of("contoso", "11111111-1111-4111-8111-111111111111",
            "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "contoso-secret~value");

    /** What goes where by the routes as shipped. */
    private enum Kind {
        SUCCEEDED(0, ""), FAILED(3, "no\n"), WITH_ERRORS(0, "a warning\n"), REFUSED(323, "");

        private final int exitCode;
        private final String errors;

        Kind(int exitCode, String errors) {
            this.exitCode = exitCode;
            this.errors = errors;
        }
    }

    Scenario scenario() {
        return new Scenario(List.of(TENANT), IntStream.range(0, requests).mapToObj(this::action).toList());
    }

    private ScenarioAction action(int number) {
        Kind kind = kind(number);
        return ScenarioAction.of(TENANT.name(), key(number).machineActionId(), ScenarioCommand.script("collect.ps1",
                ScenarioBlob.transcript("collect.ps1", kind.exitCode, ("result " + number + "\n").repeat(200), kind.errors)));
    }

    private static Kind kind(int number) {
        return Kind.values()[number % Kind.values().length];
    }

    static ResultKey key(int number) {
        return new ResultKey(TENANT.name(), new UUID(0, number).toString(), 0);
    }

    /** One that goes to all three sinks. */
    static int withAllSinks(int number) {
        return number * Kind.values().length + Kind.REFUSED.ordinal();
    }

    List<ResultKey> keys() {
        return IntStream.range(0, requests).mapToObj(CrashScenario::key).toList();
    }

    Set<ResultKey> ticketed() {
        return keysOf(Kind.FAILED, Kind.REFUSED);
    }

    Set<ResultKey> mailed() {
        return keysOf(Kind.WITH_ERRORS, Kind.REFUSED);
    }

    private Set<ResultKey> keysOf(Kind... kinds) {
        Set<Kind> wanted = Stream.of(kinds).collect(Collectors.toSet());
        return IntStream.range(0, requests).filter(number -> wanted.contains(kind(number)))
                .mapToObj(CrashScenario::key).collect(Collectors.toSet());
    }

    /** The lines of an inbox file. */
    String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(CrashScenario::key)
                .map(key -> "{\"tenant\":\"" + key.tenant() + "\",\"machineActionId\":\"" + key.machineActionId()
                        + "\",\"commandIndex\":0}\n")
                .collect(Collectors.joining());
    }
}
