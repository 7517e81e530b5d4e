package io.liveresponse.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The one exception that leaves the fetch chain. Its message holds no secret and no signed query, so it may be logged,
 * stored and shown as it is. The cause is kept only if it is known to be clean as well.
 */
public final class LiveResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureCode code;
    private final String target;
    private final Duration retryAfter;

    /**
     * @param code    what happened; not null
     * @param message what, where and how to fix it, for an operator
     */
    public LiveResponseException(FailureCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * @param target     the API's {@code error.target} (its correlation id), or null
     * @param retryAfter how long the peer asks to wait, or null if it does not say
     */
    public LiveResponseException(FailureCode code, String message, String target, Duration retryAfter) {
        super(message);
        this.code = Objects.requireNonNull(code);
        this.target = target;
        this.retryAfter = retryAfter;
    }

    public FailureCode getCode() {
        return code;
    }

    public Stage getStage() {
        return code.stage();
    }

    public Optional<String> getTarget() {
        return Optional.ofNullable(target);
    }

    public Optional<Duration> getRetryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
