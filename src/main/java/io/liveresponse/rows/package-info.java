/**
 * Turns script output into rows: rules, formats, tables on disk and the feeds of the row sinks. Nothing in here is started unless a
 * result reaches the sink {@code rows}. What a script printed is data: no expression in it is evaluated, no name in it chooses a file
 * or a target.
 */
package io.liveresponse.rows;
