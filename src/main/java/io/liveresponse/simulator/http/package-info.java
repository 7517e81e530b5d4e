/**
 * What all doubles share: servers, endpoints, faults and the journal. Depends on no other package of the simulator.
 */
package io.liveresponse.simulator.http;
