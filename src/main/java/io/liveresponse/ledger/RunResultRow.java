package io.liveresponse.ledger;

import io.liveresponse.model.Outcome;

/**
 * The result of one command of a device that ran.
 *
 * @param outcome   null if the result never arrived
 * @param exitCode  null if there is none
 * @param errorCode why the result did not arrive, or null
 */
public record RunResultRow(String machineId, int commandIndex, String commandType, Outcome outcome, Integer exitCode, String errorCode,
        String errorText) {
}
