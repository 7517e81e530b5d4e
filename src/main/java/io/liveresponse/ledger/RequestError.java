package io.liveresponse.ledger;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.model.Stage;
import java.util.Objects;

/**
 * Why a request failed. The text is stored and shown as it is, so it must be free of secrets when it comes here; it is cut
 * to 2,000 characters.
 *
 * @param stage  the hop; not null
 * @param code   what happened; not null
 * @param text   for an operator's eyes, or null
 * @param target the API's correlation id, or null
 */
public record RequestError(Stage stage, FailureCode code, String text, String target) {

    public RequestError {
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(code, "code");
        text = Text.clean(text, 2000);
        target = Text.clean(target, 200);
    }

    public static RequestError of(LiveResponseException e) {
        return new RequestError(e.getStage(), e.getCode(), e.getMessage(), e.getTarget().orElse(null));
    }
}
