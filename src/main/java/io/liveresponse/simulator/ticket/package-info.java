/**
 * The ticket systems.
 */
package io.liveresponse.simulator.ticket;
