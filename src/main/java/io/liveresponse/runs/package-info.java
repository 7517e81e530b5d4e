/** Live responses on many devices: what a run is, its start, its end and its table, and the library of scripts. */
package io.liveresponse.runs;
