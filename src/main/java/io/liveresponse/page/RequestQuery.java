package io.liveresponse.page;

import io.liveresponse.ledger.RequestFilter;
import io.liveresponse.ledger.RequestState;
import io.liveresponse.model.Outcome;
import io.vertx.core.MultiMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The filter of the request list as a URL's query, in the words of {@code requests list}: {@code tenant}, {@code state},
 * {@code outcome}, {@code device}, {@code script}, {@code run}, {@code since}, {@code until}. Immutable.
 *
 * @param given the parameters that narrow the list, by name
 */
record RequestQuery(Map<String, String> given, RequestFilter filter) {

    private static final String[] NAMES = {"tenant", "state", "outcome", "device", "script", "run", "since", "until"};

    /** @throws IllegalArgumentException if a value cannot be read; the message says which and how to write it */
    static RequestQuery of(MultiMap parameters, Instant now) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = parameters.get(name);
            if (value != null && !value.isBlank()) {
                given.put(name, value.strip());
            }
        }
        String state = given.get("state");
        String outcome = given.get("outcome");
        return new RequestQuery(given, new RequestFilter(given.get("tenant"),
                state == null
                        ? null
                        : one("state", state,
                                Arrays.stream(RequestState.values()).collect(Collectors.toMap(RequestState::label, each -> each))),
                outcome == null
                        ? null
                        : one("outcome", outcome, Arrays.stream(Outcome.values()).collect(Collectors.toMap(Outcome::label, each -> each))),
                given.get("script"), given.get("device"), time("since", given.get("since"), now), time("until", given.get("until"), now),
                given.get("run"), null));
    }

    private static <T> T one(String name, String value, Map<String, T> known) {
        T found = known.get(value.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException(name + " must be one of " + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        return found;
    }

    private static Instant time(String name, String value, Instant now) {
        if (value == null) {
            return null;
        }
        try {
            if (value.matches("\\d{1,6}[mhd]")) {
                long count = Long.parseLong(value.substring(0, value.length() - 1));
                return now.minus(switch (value.charAt(value.length() - 1)) {
                    case 'm' -> Duration.ofMinutes(count);
                    case 'h' -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
            }
            return value.length() == 10 ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(value);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    name + " must be a time such as 2026-11-20T08:30:00Z, a day such as 2026-11-20, or an age such as 90m, 24h or 7d");
        }
    }

    /** The query that shows the same list, with one more parameter. */
    String with(String name, Object value) {
        Map<String, String> all = new LinkedHashMap<>(given);
        all.put(name, String.valueOf(value));
        return all.entrySet().stream().map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
