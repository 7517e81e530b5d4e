package io.liveresponse.validate;

/** Looks for one kind of mistake. */
interface RouteCheck {

    void check(Routes routes, Findings findings);
}
