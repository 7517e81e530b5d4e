/**
 * The sign-in service: tokens, client certificates, and the authority of all servers.
 */
package io.liveresponse.simulator.signin;
