package io.liveresponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** What an issuer of OIDC tokens would write, signed by a key that the tenant's app registration knows. */
public final class SignedAssertion {

    private SignedAssertion() {
    }

    /** @param pem the certificate of the app with its key */
    public static String of(String tenantId, String clientId, Path pem) throws IOException, GeneralSecurityException {
        byte[] key = Base64.getMimeDecoder()
                .decode(Files.readString(pem).replaceFirst("(?s).*-----BEGIN PRIVATE KEY-----(.*?)-----END.*", "$1"));
        String claims = "{\"iss\":\"" + clientId + "\",\"sub\":\"" + clientId + "\",\"aud\":\"" + tenantId + "\",\"exp\":"
                + (Instant.now().getEpochSecond() + 600) + "}";
        String signed = base64("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.US_ASCII)) + "."
                + base64(claims.getBytes(StandardCharsets.US_ASCII));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
