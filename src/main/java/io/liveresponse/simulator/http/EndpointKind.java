package io.liveresponse.simulator.http;

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
    /** {@code POST /api/machines/{id}/runliveresponse}; the call's subject is the machine id. */
    RUN,
    /** {@code POST /api/machineactions/{id}/cancel}; the call's subject is the action id. */
    CANCEL,
    /** {@code GET /api/machines}. */
    MACHINES,
    /** {@code GET /api/machines/{id}}; the call's subject is the machine id. */
    MACHINE,
    /** {@code GET /api/libraryfiles}. */
    LIBRARY,
    /** {@code POST /api/libraryfiles}; the call's subject is the file's name. */
    LIBRARY_UPLOAD,
    /** {@code DELETE /api/libraryfiles/{name}}; the call's subject is the file's name. */
    LIBRARY_DELETE,
    /** A signed link followed. */
    BLOB,
    /** A ticket posted. */
    TICKET,
    /** A ticket looked for. */
    TICKET_LOOKUP,
    /** A note or comment added to a ticket. */
    TICKET_NOTE,
    /** A file attached to a ticket. */
    TICKET_FILE,
    /** {@code POST /oauth_token.do} at the ticket system. */
    TICKET_TOKEN,
    /** Events for Splunk; the call's subject is the channel. */
    SPLUNK,
    /** Splunk asked for acknowledgements; the call's subject is the channel. */
    SPLUNK_ACK,
    /** Rows for Microsoft Sentinel; the call's subject is the stream. */
    SENTINEL,
    /** Rows for Elasticsearch or OpenSearch; the call's subject is the index in the path. */
    ELASTICSEARCH,
    /** Anything that no endpoint knows. */
    UNEXPECTED
}
