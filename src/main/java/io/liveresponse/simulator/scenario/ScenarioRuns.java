package io.liveresponse.simulator.scenario;

import java.time.Duration;
import java.util.List;

/**
 * How the API takes runs and shows them. A null means what Microsoft documents, or else the plainest answer. All
 * durations, and those of devices and scripts, are divided by {@code timeScale}: with 600, ten minutes take one second.
 * Times in answers are those of the simulator's clock.
 *
 * @param timeScale           null for 1
 * @param calls               the most run calls of a tenant in {@code period}; null for 10
 * @param period              null for 1 minute
 * @param sessions            the most actions of a tenant that have not ended, pending ones too; null for 50
 * @param pickUpAfter         how long a device that is online takes to begin; null for 5 seconds
 * @param visibleAfter        how long get, list, cancel and result call know nothing of a new action (404); null for no time
 * @param cancelAfter         how long after a cancel the action ends, unless it has by itself; null for 2 seconds
 * @param queueTimeout        how long an action waits for its device; null for 2 hours
 * @param scriptTimeout       how long a script may run; null for 10 minutes
 * @param queueTimeoutStatus  the status after the queue time; null for {@code TimeOut}
 * @param scriptTimeoutStatus the status after a script's time-out; null for {@code Failed}
 * @param waitingStatus       the {@code commandStatus} of a command that has not begun; null for {@code Created}. {@code Pending} is seen in the field
 * @param requestor           who the API says started an action; null for the caller's client id
 * @param refusedFields       fields of the run call's body that are answered with 400, e.g. {@code ExternalID}; null for none
 * @param refusedFilters      fields that the list call refuses to filter by, e.g. {@code requestor}; null for none
 */
public record ScenarioRuns(
        Double timeScale, Integer calls, Duration period, Integer sessions, Duration pickUpAfter, Duration visibleAfter,
        Duration cancelAfter, Duration queueTimeout, Duration scriptTimeout, String queueTimeoutStatus, String scriptTimeoutStatus,
        String waitingStatus, String requestor, List<String> refusedFields, List<String> refusedFilters) {

    /** What Microsoft documents, at true time. */
    public static final ScenarioRuns DOCUMENTED = new ScenarioRuns(null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null);

    public ScenarioRuns {
        timeScale = timeScale == null ? 1.0 : timeScale;
        calls = calls == null ? 10 : calls;
        period = period == null ? Duration.ofMinutes(1) : period;
        sessions = sessions == null ? 50 : sessions;
        pickUpAfter = pickUpAfter == null ? Duration.ofSeconds(5) : pickUpAfter;
        visibleAfter = visibleAfter == null ? Duration.ZERO : visibleAfter;
        cancelAfter = cancelAfter == null ? Duration.ofSeconds(2) : cancelAfter;
        queueTimeout = queueTimeout == null ? Duration.ofHours(2) : queueTimeout;
        scriptTimeout = scriptTimeout == null ? Duration.ofMinutes(10) : scriptTimeout;
        queueTimeoutStatus = queueTimeoutStatus == null ? "TimeOut" : queueTimeoutStatus;
        scriptTimeoutStatus = scriptTimeoutStatus == null ? "Failed" : scriptTimeoutStatus;
        waitingStatus = waitingStatus == null ? "Created" : waitingStatus;
        refusedFields = refusedFields == null ? List.of() : List.copyOf(refusedFields);
        refusedFilters = refusedFilters == null ? List.of() : List.copyOf(refusedFilters);
        if (!(timeScale > 0)) {
            throw new IllegalArgumentException("runs.timeScale must be greater than 0");
        }
        if (calls < 1 || sessions < 1) {
            throw new IllegalArgumentException("runs.calls and runs.sessions must be at least 1");
        }
    }

    /** A duration of the scenario by the simulator's clock. */
    public Duration scaled(Duration time) {
        return timeScale == 1.0 ? time : Duration.ofNanos((long) (time.toNanos() / timeScale));
    }

    public ScenarioRuns withTimeScale(double scale) {
        return new ScenarioRuns(scale, calls, period, sessions, pickUpAfter, visibleAfter, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns withRate(int most, Duration window) {
        return new ScenarioRuns(timeScale, most, window, sessions, pickUpAfter, visibleAfter, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns withSessions(int most) {
        return new ScenarioRuns(timeScale, calls, period, most, pickUpAfter, visibleAfter, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns visibleAfter(Duration time) {
        return new ScenarioRuns(timeScale, calls, period, sessions, pickUpAfter, time, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns cancelAfter(Duration time) {
        return new ScenarioRuns(timeScale, calls, period, sessions, pickUpAfter, visibleAfter, time, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns withWaitingStatus(String status) {
        return new ScenarioRuns(timeScale, calls, period, sessions, pickUpAfter, visibleAfter, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, status, requestor, refusedFields, refusedFilters);
    }

    public ScenarioRuns refusing(List<String> fields, List<String> filters) {
        return new ScenarioRuns(timeScale, calls, period, sessions, pickUpAfter, visibleAfter, cancelAfter, queueTimeout, scriptTimeout,
                queueTimeoutStatus, scriptTimeoutStatus, waitingStatus, requestor, fields, filters);
    }
}
