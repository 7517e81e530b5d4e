package io.liveresponse.validate;

/**
 * A route file that has been read.
 *
 * @param name as findings show it
 * @param text the YAML
 */
public record RouteSource(String name, String text) {
}
