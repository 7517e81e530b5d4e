/**
 * The record of what was delivered as files: {@code results-YYYY-MM-DD.jsonl} in the results directory, each line holding
 * the SHA-256 of the line before it, and {@code results.head}, which holds that of the last one.
 */
package io.liveresponse.deliver.file;
