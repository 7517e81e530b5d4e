package io.liveresponse.fetch;

import io.liveresponse.model.FailureCode;

/** What the API is asked for; how its refusals are called and what they are likely to mean. */
enum ApiCall {
    LINK("is the command index right?", "there is no such result, or none yet", FailureCode.LINK_NOT_READY),
    ACTION("is the machine action's id right?", "there is no such machine action, or none yet", FailureCode.ACTION_SERVER_ERROR);

    final String badRequest;
    final String notFound;
    /** 409, of which no page says what it means for this call. */
    final FailureCode conflict;

    ApiCall(String badRequest, String notFound, FailureCode conflict) {
        this.badRequest = badRequest;
        this.notFound = notFound;
        this.conflict = conflict;
    }

    FailureCode code(String what) {
        return FailureCode.valueOf(name() + "_" + what);
    }
}
