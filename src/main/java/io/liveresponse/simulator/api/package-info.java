/**
 * The Defender API: actions, results, runs, cancels, machines and the library.
 */
package io.liveresponse.simulator.api;
