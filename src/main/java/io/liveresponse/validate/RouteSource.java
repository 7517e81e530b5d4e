package io.liveresponse.validate;

/**
 * A route file that has been read.
 *
 * @param name as it shall stand in findings
 * @param text the YAML
 */
public record RouteSource(String name, String text) {
}
