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
    /** Anything that no endpoint knows. */
    UNEXPECTED
}
