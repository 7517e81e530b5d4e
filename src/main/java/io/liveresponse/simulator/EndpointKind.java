package io.liveresponse.simulator;

/** What a request to the simulator was for. */
public enum EndpointKind {
    /** {@code POST /{tenantId}/oauth2/v2.0/token}. */
    TOKEN,
    /** The OpenID configuration, which a sign-in library may read before it asks for a token. */
    METADATA,
    /** {@code GET /api/machineactions/{id}/GetLiveResponseResultDownloadLink(index=N)}. */
    LINK,
    /** {@code GET /api/machineactions/{id}}. */
    ACTION,
    /** {@code GET /api/machineactions}. */
    ACTIONS,
    /** A signed link followed. */
    BLOB,
    /** A ticket posted. */
    DESK,
    /** A ticket looked for. */
    DESK_LOOKUP,
    /** A note or comment added to a ticket. */
    DESK_NOTE,
    /** A file attached to a ticket. */
    DESK_FILE,
    /** {@code POST /oauth_token.do} at the desk. */
    DESK_TOKEN,
    /** Anything that no endpoint knows. */
    UNEXPECTED
}
