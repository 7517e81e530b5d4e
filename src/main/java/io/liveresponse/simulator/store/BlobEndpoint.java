package io.liveresponse.simulator.store;

import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.ErrorBodies;
import io.liveresponse.simulator.http.Incoming;
import io.liveresponse.simulator.http.Matched;
import io.liveresponse.simulator.http.Reply;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/** A signed link followed: {@code GET /investigation-actions-data/…}. */
public final class BlobEndpoint implements Endpoint {

    private static final String PREFIX = "/investigation-actions-data/";

    private final Blobs blobs;
    private final SignedLinks links;

    public BlobEndpoint(Blobs blobs, SignedLinks links) {
        this.blobs = blobs;
        this.links = links;
    }

    @Override
    public Optional<Matched> match(Incoming request) {
        if (!request.path().startsWith(PREFIX) || !"GET".equals(request.method())) {
            return Optional.empty();
        }
        Optional<Blobs.Stored> blob = blobs.at(request.path());
        ResultKey key = blob.map(Blobs.Stored::key).orElse(null);
        return Optional.of(Matched.open(EndpointKind.BLOB, key == null ? null : key.tenant(), key, () -> answer(request, blob)));
    }

    private Reply answer(Incoming request, Optional<Blobs.Stored> blob) {
        if (request.headers().contains("Authorization")) {
            return ErrorBodies.storage(400, "InvalidAuthenticationInfo", "Authentication information is not given in the correct format. "
                    + "Check the value of Authorization header.");
        }
        if (!links.accepts(request.path(), request.rawQuery())) {
            return ErrorBodies.storage(403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of "
                    + "Authorization header is formed correctly including the signature.");
        }
        return blob.map(BlobEndpoint::found)
                .orElseGet(() -> ErrorBodies.storage(404, "BlobNotFound", "The specified blob does not exist."));
    }

    private static Reply found(Blobs.Stored blob) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", blob.blob().contentType());
        headers.put("ETag", "\"0x8D" + DigestUtils.sha256Hex(blob.key().toString()).substring(0, 12).toUpperCase(Locale.ROOT) + "\"");
        headers.put("Server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0");
        headers.put("x-ms-request-id", UUID.randomUUID().toString());
        headers.put("x-ms-version", "2019-07-07");
        headers.put("x-ms-blob-type", "BlockBlob");
        if (blob.blob().fileName() != null) {
            headers.put("Content-Disposition", "attachment; filename=\"" + blob.blob().fileName() + "\"");
        }
        return new Reply(200, headers, blob.body());
    }
}
