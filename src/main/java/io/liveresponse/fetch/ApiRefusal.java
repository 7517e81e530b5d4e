package io.liveresponse.fetch;

import io.liveresponse.fetch.token.ApiUse;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.fetch.token.TokenClaims;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.ResultKey;
import io.liveresponse.settings.TenantSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** Turns a refusal of the API into a failure of the retry table. Thread-safe. */
final class ApiRefusal {

    /** If a 429 has no readable Retry-After: the shorter of the API's two windows. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);

    private final TenantTokens tokens;
    private final Function<ApiCall, QuotaGate> quota;
    private final Function<String, TenantSettings> tenants;
    private final Clock clock;

    ApiRefusal(TenantTokens tokens, Function<ApiCall, QuotaGate> quota, Function<String, TenantSettings> tenants, Clock clock) {
        this.tokens = tokens;
        this.quota = quota;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** @throws LiveResponseException LEDGER_UNAVAILABLE if the pause cannot be recorded */
    LiveResponseException of(Exchange exchange, ApiCall call, int status, ApiError error) throws LiveResponseException {
        ResultKey key = exchange.getVariable(FetchVariables.KEY, ResultKey.class);
        String authorization = exchange.getMessage().getHeader("Authorization", String.class);
        String said = "the API answers " + status + error.text().map(text -> " (" + text + ")").orElse("") + " for " + key;
        Optional<FailureCode> device = call == ApiCall.RUN && (status == 400 || status == 403) ? ofDevice(error.code()) : Optional.empty();
        if (device.isPresent()) {
            return failure(device.get(), said + "; " + ApiAdvice.of(error.code()).orElse(call.badRequest), error);
        }
        return switch (status) {
            case 400 -> failure(call.code("BAD_REQUEST"), said + "; " + ApiAdvice.of(error.code()).orElse(call.badRequest), error);
            case 401 -> tokens.refused(key.tenant(), authorization)
                    ? failure(call.code("TOKEN_EXPIRED"), said + "; a fresh token is fetched", error)
                    : failure(call.code("UNAUTHORIZED"), said + " also with a fresh token; " + advice(call, key.tenant(), authorization),
                            error);
            case 403 -> forbidden(call, key.tenant(), authorization, said, error);
            case 404 -> failure(call.code("NOT_FOUND"), said + "; " + call.notFound, error);
            case 409 -> failure(call.conflict, said + "; the action has not ended", error);
            case 429 -> paused(call, key, said, error, HttpAnswer.retryAfter(exchange.getMessage(), clock).orElse(DEFAULT_PAUSE));
            default -> new LiveResponseException(call.code("SERVER_ERROR"), said, error.target(),
                    HttpAnswer.retryAfter(exchange.getMessage(), clock).orElse(null));
        };
    }

    private LiveResponseException forbidden(ApiCall call, String tenant, String authorization, String said, ApiError error) {
        String message = said + "; " + ApiAdvice.of(error.code()).orElseGet(() -> advice(call, tenant, authorization));
        if (ofDevice(error.code()).isPresent()) {
            // of one device, so it must not hold the tenant
            return failure(call.code("BAD_REQUEST"), message, error);
        }
        // a permission that is granted meanwhile is in a new token alone
        tokens.refused(tenant, authorization);
        return failure(call.code("FORBIDDEN"), message, error);
    }

    /** What the API says of the device and not of the call. */
    private static Optional<FailureCode> ofDevice(String reason) {
        return Optional.ofNullable(reason).map(code -> switch (code) {
            case "ActiveRequestAlreadyExists" -> FailureCode.RUN_DEVICE_BUSY;
            case "OsPlatformNotSupported", "ClientVersionNotSupported" -> FailureCode.RUN_DEVICE_UNSUPPORTED;
            case "DisallowedOperation" -> FailureCode.RUN_DEVICE_RESTRICTED;
            default -> null;
        });
    }

    private LiveResponseException paused(ApiCall call, ResultKey key, String said, ApiError error, Duration pause)
            throws LiveResponseException {
        quota.apply(call).pause(key.tenant(), pause);
        return new LiveResponseException(call.code("QUOTA_EXCEEDED"),
                said + "; the tenant pauses for " + pause.toSeconds() + " s", error.target(), pause);
    }

    private String advice(ApiCall call, String tenant, String authorization) {
        return TokenClaims.of(authorization).advice(tenant, tenants.apply(tenant).scope(), switch (call) {
            case LINK -> ApiUse.RESULTS;
            case ACTION, MACHINES -> ApiUse.ACTIONS;
            case RUN, CANCEL -> ApiUse.RUNS;
            case LIBRARY -> ApiUse.LIBRARY;
        });
    }

    private static LiveResponseException failure(FailureCode code, String message, ApiError error) {
        return new LiveResponseException(code, message, error.target(), null);
    }
}
