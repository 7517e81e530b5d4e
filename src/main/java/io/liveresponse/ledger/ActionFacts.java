package io.liveresponse.ledger;

import java.time.Instant;

/**
 * What is known of a machine action and its command before the result is fetched. All of it is remote text: shown and
 * recorded, never acted upon. Control characters are replaced and over-long text is cut.
 *
 * @param commandType     {@code RunScript}, {@code GetFile} …, or null
 * @param scriptName      the script, or null
 * @param deviceId        the machine's id, or null
 * @param deviceName      the machine's DNS name, or null
 * @param requestor       who started the action, or null
 * @param comment         the requestor's comment, or null
 * @param actionCreatedAt when the action was created, by the API's clock, or null
 */
public record ActionFacts(
        String commandType, String scriptName, String deviceId, String deviceName, String requestor, String comment,
        Instant actionCreatedAt) {

    /** Nothing is known but the key. */
    public static final ActionFacts NONE = new ActionFacts(null, null, null, null, null, null, null);

    public ActionFacts {
        commandType = Text.clean(commandType, 32);
        scriptName = Text.clean(scriptName, 500);
        deviceId = Text.clean(deviceId, 200);
        deviceName = Text.clean(deviceName, 500);
        requestor = Text.clean(requestor, 320);
        comment = Text.clean(comment, 4000);
    }
}
