package io.liveresponse.simulator.store;

/**
 * The blob store and its signed links.
 */
