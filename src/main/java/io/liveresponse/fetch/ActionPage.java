package io.liveresponse.fetch;

import java.util.List;

/**
 * One answer about machine actions: a page of their list, or the one action that was asked for.
 *
 * @param actions  those that could be read
 * @param entries  how many entries the answer had, those that could not be read included
 * @param nextLink where the API says the list goes on, or null; remote text, see {@link ActionList}
 */
public record ActionPage(List<MachineAction> actions, int entries, String nextLink) {

    public ActionPage {
        actions = List.copyOf(actions);
    }
}
