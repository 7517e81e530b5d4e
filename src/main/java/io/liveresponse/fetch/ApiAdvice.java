package io.liveresponse.fetch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to change after a 400 or 403 of the Defender API, by the reason code in the answer. The codes are those of Microsoft's page "Common
 * REST API error codes". Stateless.
 */
public final class ApiAdvice {

    private static final Map<String, String> BY_REASON = new LinkedHashMap<>();

    static {
        BY_REASON.put("ActiveRequestAlreadyExists", "the device already has a live response; it can start when that one has ended");
        BY_REASON.put("OsPlatformNotSupported", "live response does not support the device's operating system; leave the device out");
        BY_REASON.put("ClientVersionNotSupported", "the Defender sensor on the device is too old for live response; update the device");
        BY_REASON.put("DisabledFeature", "live response is switched off; switch it on in the Defender portal under Settings, Endpoints,"
                + " Advanced features, also live response for servers and unsigned script execution if the command needs them");
        BY_REASON.put("DisallowedOperation", "a policy forbids the operation on this device: selective response actions restrict the device"
                + " (tag Restricted security operations), or a setting of the tenant does; change the policy or leave the device out");
    }

    private ApiAdvice() {
    }

    /** The advice for each reason code, in the order of the documentation. Unmodifiable. */
    public static Map<String, String> byReason() {
        return Collections.unmodifiableMap(BY_REASON);
    }

    /**
     * @param reason the code of the answer; null if it has none
     * @return empty if the code says no more than the status
     */
    public static Optional<String> of(String reason) {
        return Optional.ofNullable(reason).map(BY_REASON::get);
    }
}
