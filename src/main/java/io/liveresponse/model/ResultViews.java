package io.liveresponse.model;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * What templates show of a result: every value already made visible and escaped, so that a template can do nothing wrong.
 * Thread-safe.
 */
public final class ResultViews {

    private static final int LINE = 200;
    private static final int LINES = 20;
    private static final int MESSAGE_LINES = 20;
    private static final int MESSAGE_CHARACTERS = 1_200;

    /** For HTML templates: escaped. */
    public Map<String, String> html(@Body Result result) {
        return view(result, SafeText::html);
    }

    /** For text templates. */
    public Map<String, String> text(@Body Result result) {
        return view(result, SafeText::plain);
    }

    /**
     * For templates that are JSON: each value is the inside of a string. Output and errors are short, since chat services refuse
     * long messages.
     */
    public Map<String, String> json(@Body Result result) {
        return view(result, text -> new String(JsonStringEncoder.getInstance()
                .quoteAsString(text.limit(MESSAGE_LINES, MESSAGE_CHARACTERS).plain())));
    }

    /** As {@link #json}, for the JSON template of a new ticket, with the whole text of the ticket as {@code text}. */
    public Map<String, String> ticket(@Variable("liveResponseResult") Result result, @Variable("liveResponseTicketText") String text) {
        Map<String, String> view = json(result);
        view.put("text", new String(JsonStringEncoder.getInstance().quoteAsString(text)));
        return view;
    }

    private static Map<String, String> view(Result result, Function<SafeText, String> form) {
        ActionFacts action = result.action();
        Map<String, String> view = new LinkedHashMap<>();
        put(view, form, "what", what(result));
        put(view, form, "where", action.deviceName() == null ? action.deviceId() : action.deviceName());
        put(view, form, "meaning", result.reason() == null ? result.outcome().meaning() : result.reason());
        put(view, form, "tenant", result.tenant());
        put(view, form, "machineActionId", result.machineActionId());
        put(view, form, "commandIndex", result.commandIndex());
        put(view, form, "outcome", result.outcome());
        put(view, form, "exitCode", result.exitCode());
        put(view, form, "scriptName", result.scriptName());
        put(view, form, "requestor", action.requestor());
        put(view, form, "comment", action.comment());
        put(view, form, "actionErrors", action.failure().orElse("none"));
        put(view, form, "path", action.path());
        put(view, form, "sha256", result.sha256());
        put(view, form, "sizeBytes", result.sizeBytes());
        put(view, form, "receivedAt", result.receivedAt() == null ? null : result.receivedAt().truncatedTo(ChronoUnit.SECONDS));
        put(view, form, "file", result.receivedFileName());
        view.put("output", lines(result.output(), form));
        view.put("errors", lines(result.errors(), form));
        return view;
    }

    /** How a person would call the command. */
    private static String what(Result result) {
        if (result.scriptName() != null) {
            return result.scriptName();
        }
        return result.action().path() == null ? "command " + result.commandIndex() : result.action().path();
    }

    private static String lines(CapturedText text, Function<SafeText, String> form) {
        return form.apply(text.isBlank() ? SafeText.of("(nothing)") : SafeText.of(text).firstAndLast(LINES));
    }

    private static void put(Map<String, String> view, Function<SafeText, String> form, String name, Object value) {
        view.put(name, form.apply(SafeText.of(SafeText.of(Objects.toString(value, "unknown")).line(LINE))));
    }
}
