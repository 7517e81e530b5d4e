package io.liveresponse.simulator.sink;

/**
 * Doubles of what takes rows: Splunk, Microsoft Sentinel, Elasticsearch.
 */
