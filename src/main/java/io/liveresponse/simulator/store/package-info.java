/**
 * The blob store and its signed links.
 */
package io.liveresponse.simulator.store;
