/**
 * An offline stand-in for the sign-in service, the Defender API with its blob store, ticket systems, row sinks and a mail
 * server, on loopback. It keeps exact counts, so that a test can assert what was called and what was not. Nothing else in the
 * product depends on this package but the commands that start it.
 */
package io.liveresponse.simulator;
