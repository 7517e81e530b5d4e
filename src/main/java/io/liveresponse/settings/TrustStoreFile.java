package io.liveresponse.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;

/** The file of {@code live-response.tls.trust-store}: PKCS12, JKS, or the PEM certificates that other tools call a bundle. */
public final class TrustStoreFile {

    private static final String PEM = "-----BEGIN ";
    /** Text before the first certificate is allowed (RFC 7468, 2), as in the bundles of distributions. */
    private static final int PEM_WITHIN = 4_096;

    private TrustStoreFile() {
    }

    /**
     * Empty if it holds no certificate, or none that could be read without a password.
     *
     * @param password null for none; PEM needs none
     * @throws IOException              if it cannot be read, or is none of these
     * @throws GeneralSecurityException if it is damaged, or the password is wrong
     */
    public static KeyStore load(Path path, char[] password) throws IOException, GeneralSecurityException {
        return isPem(path) ? ofCertificates(path) : KeyStore.getInstance(path.toFile(), password);
    }

    private static boolean isPem(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return new String(in.readNBytes(PEM_WITHIN), StandardCharsets.ISO_8859_1).contains(PEM);
        }
    }

    private static KeyStore ofCertificates(Path path) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(path)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("authority-" + ++number, certificate);
        }
        return store;
    }
}
