package io.liveresponse.simulator.api;

/**
 * The Defender API: actions, results, runs, cancels, machines and the library.
 */
