package io.liveresponse.architecture.cycle.right;

import io.liveresponse.architecture.cycle.left.Left;

/** The other half of {@link Left}'s cycle. */
public final class Right {

    private Left left;

    public Left left() {
        return left;
    }
}
