package io.liveresponse.fetch;

import java.util.List;

/**
 * One command of a machine action. All texts are remote: shown, never obeyed.
 *
 * @param index      its place among all commands of the action, from 0
 * @param status     {@code Created}, {@code Completed}, {@code Failed} {@code Pending} or what the API adds to these; never null
 * @param type       {@code RunScript}, {@code GetFile}, {@code PutFile}, or null
 * @param scriptName the script that a RunScript names, or null
 * @param path       the file that a GetFile names, or null
 * @param errors     why it failed, in the API's words; empty if it does not say
 */
public record ActionCommand(int index, String status, String type, String scriptName, String path, List<String> errors) {

    public ActionCommand {
        errors = List.copyOf(errors);
    }

    /** A command without errors. */
    public ActionCommand(int index, String status, String type, String scriptName, String path) {
        this(index, status, type, scriptName, path, List.of());
    }

    /** False also for {@code Pending}, which no page documents: commands of cancelled actions have it. */
    public boolean wasExecuted() {
        return !"Created".equals(status) && !"Pending".equals(status);
    }

    public boolean failed() {
        return "Failed".equals(status);
    }

    /** A PutFile leaves nothing to fetch. */
    public boolean canHaveResult() {
        return !"PutFile".equals(type);
    }
}
