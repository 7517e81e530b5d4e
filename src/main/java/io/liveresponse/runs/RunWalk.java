package io.liveresponse.runs;

import io.liveresponse.fetch.ActionList;
import io.liveresponse.ledger.RunDevice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One walk through a tenant's list of actions, used by one thread. Bounded by the sessions of the tenant. */
final class RunWalk {

    private final String tenant;
    private final List<RunDevice> open;
    private final ActionList list;
    private final Set<String> found = new HashSet<>();
    private final List<RunDevice> pending = new ArrayList<>();
    private int entries;

    RunWalk(String tenant, List<RunDevice> open, ActionList list) {
        this.tenant = tenant;
        this.open = open;
        this.list = list;
    }

    String tenant() {
        return tenant;
    }

    /** The devices whose actions are looked for. */
    List<RunDevice> open() {
        return open;
    }

    ActionList list() {
        return list;
    }

    /** @return how many entries all pages had */
    int add(int more) {
        entries += more;
        return entries;
    }

    void found(RunDevice device) {
        found.add(device.commentKey());
    }

    boolean isFound(RunDevice device) {
        return found.contains(device.commentKey());
    }

    /** Devices whose action waits for them, in the order of their start. */
    List<RunDevice> pending() {
        return pending;
    }
}
