package io.liveresponse.runs;

import java.util.ArrayList;
import java.util.List;

/** An order while its script and devices are looked up, used by one thread. */
public final class RunDraft {

    private final RunOrder order;
    private final List<Machine> machines = new ArrayList<>();
    private String sha256;
    private String warning;
    private int seen;

    /** A device as the API lists it. */
    record Machine(String id, String name, String os, List<String> tags) {
    }

    RunDraft(RunOrder order) {
        this.order = order;
    }

    public RunOrder order() {
        return order;
    }

    /** Whether the run names a library file. */
    public boolean needsLibrary() {
        return order.scriptName() != null;
    }

    /** Whether devices have to be looked up by name, tag or operating system. */
    public boolean needsMachines() {
        return order.rows().isEmpty() || order.rows().stream().anyMatch(row -> row.machineId() == null && row.problem() == null);
    }

    List<Machine> machines() {
        return machines;
    }

    int seen(int more) {
        seen += more;
        return seen;
    }

    void fix(String hash) {
        this.sha256 = hash;
    }

    String sha256() {
        return sha256;
    }

    void warn(String what) {
        this.warning = what;
    }

    String warning() {
        return warning;
    }
}
