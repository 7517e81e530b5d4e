/**
 * What is played, as records that are read from YAML. {@link io.liveresponse.simulator.scenario.Scenario} lists the keys.
 */
package io.liveresponse.simulator.scenario;
