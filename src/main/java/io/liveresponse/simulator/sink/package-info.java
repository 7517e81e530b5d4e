/**
 * Doubles of what takes rows: Splunk, Microsoft Sentinel, Elasticsearch.
 */
package io.liveresponse.simulator.sink;
