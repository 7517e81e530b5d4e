package io.liveresponse.simulator;

/** The ports to listen on; 0 for any free one. */
public record SimulatorPorts(int authority, int api, int blob, int ticket, int mail, int sink, int journal) {

    public static final SimulatorPorts FREE = new SimulatorPorts(0, 0, 0, 0, 0, 0, 0);
}
