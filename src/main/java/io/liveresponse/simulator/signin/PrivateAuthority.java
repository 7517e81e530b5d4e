package io.liveresponse.simulator.signin;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that lives as long as one simulator. Its private key never leaves memory. */
public final class PrivateAuthority {

    private static final char[] NO_PASSWORD = {};
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(397);
    private static final X500Name ISSUER = new X500Name("CN=Live Response Simulator Authority");

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys;
    private final X509Certificate certificate;

    public PrivateAuthority() {
        try {
            keys = newKeys();
            X509v3CertificateBuilder builder = builder(ISSUER, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            certificate = sign(builder, keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make the simulator's certificate authority", e);
        }
    }

    /** A server certificate for these names and for 127.0.0.1, with its key. */
    public X509KeyManager serverKeys(List<String> hostNames) {
        try {
            KeyPair serverKeys = newKeys();
            X509v3CertificateBuilder builder = builder(new X500Name("CN=" + hostNames.get(0)), serverKeys);
            GeneralName[] names = new GeneralName[hostNames.size() + 1];
            for (int i = 0; i < hostNames.size(); i++) {
                names[i] = new GeneralName(GeneralName.dNSName, hostNames.get(i));
            }
            names[hostNames.size()] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            X509Certificate server = sign(builder, keys.getPrivate());
            // PKCS12 would derive a key by 10,000 rounds for what never leaves memory
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry("server", serverKeys.getPrivate(), NO_PASSWORD, new X509Certificate[]{server, certificate});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make the simulator's server certificate", e);
        }
    }

    /** Writes the authority's certificate as PEM, over any older one. */
    public void writeTrustStore(Path file) throws IOException {
        try (JcaPEMWriter pem = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            pem.writeObject(certificate);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys) {
        // The machine's time and not the simulator's clock: a client checks a certificate against its own time.
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(ISSUER, new BigInteger(120, random), Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(LIFETIME)), subject, subjectKeys.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }
}
