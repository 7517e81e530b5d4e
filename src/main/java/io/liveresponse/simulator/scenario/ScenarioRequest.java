package io.liveresponse.simulator.scenario;

import io.liveresponse.model.ResultKey;

/** One result that the scenario asks for, and what is to become of it. */
public record ScenarioRequest(ResultKey key, Expectation expect) {
}
