package io.liveresponse.runs;

import java.time.Duration;

/**
 * What a run costs at least, by the limits of the settings; other runs of the tenant, devices that are away and the scripts' own time come
 * on top.
 *
 * @param starts      start calls, one a device
 * @param startTime   until the last of them may be made
 * @param resultCalls download links to ask for
 * @param resultTime  until the last of them may be asked for
 * @param atOnce      sessions at once
 * @param sessionTime how long a session may last on average without making the starts wait
 */
public record RunEstimate(int starts, Duration startTime, int resultCalls, Duration resultTime, int atOnce, Duration sessionTime) {

    static RunEstimate of(int devices, int resultsPerDevice, RunSettings settings) {
        int calls = devices * resultsPerDevice;
        return new RunEstimate(devices, startTime(devices, settings), calls,
                settings.hourPeriod().multipliedBy(Math.max(0, calls - 1) / settings.perHour()), settings.sessions(),
                settings.minutePeriod().multipliedBy(settings.sessions()).dividedBy(settings.perMinute()));
    }

    /** Until the last of so many devices may be started. */
    public static Duration startTime(int devices, RunSettings settings) {
        return settings.minutePeriod().multipliedBy(Math.max(0, devices - 1) / settings.perMinute());
    }

    /** From the first call to the last: starts and results overlap. */
    public Duration earliestEnd() {
        return startTime.compareTo(resultTime) > 0 ? startTime : resultTime;
    }
}
