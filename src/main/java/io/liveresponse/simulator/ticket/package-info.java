package io.liveresponse.simulator.ticket;

/**
 * The ticket systems.
 */
