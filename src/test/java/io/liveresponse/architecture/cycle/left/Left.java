package io.liveresponse.architecture.cycle.left;

import io.liveresponse.architecture.cycle.right.Right;

/** One half of a cycle between two packages, on which the rule against cycles is tried. */
public final class Left {

    private Right right;

    public Right right() {
        return right;
    }
}
