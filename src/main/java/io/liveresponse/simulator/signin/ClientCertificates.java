package io.liveresponse.simulator.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates registered with the tenants' apps, and the check of what is signed with them. Thread-safe. */
public final class ClientCertificates {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RSA_BITS = 2_048;
    private static final PSSParameterSpec PSS = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    private final Map<String, X509Certificate> byTenant = new ConcurrentHashMap<>();

    /** Makes and registers a certificate, in place of any older one, and writes it with its private key as PEM. */
    public void register(SimulatorTenant tenant, Path pem) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=" + tenant.name());
            Instant now = Instant.now();
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(
                    name, BigInteger.valueOf(now.toEpochMilli()), Date.from(now.minus(Duration.ofDays(1))),
                    Date.from(now.plus(Duration.ofDays(90))), name, keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
            byTenant.put(tenant.name(), certificate);
            Files.writeString(pem, block("PRIVATE KEY", keys.getPrivate().getEncoded()) + block("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a client certificate", e);
        }
    }

    /** True if the assertion is signed with the tenant's certificate, names its client and has not ended. */
    boolean accepts(SimulatorTenant tenant, String assertion) {
        String[] parts = assertion.split("\\.", -1);
        X509Certificate certificate = byTenant.get(tenant.name());
        if (parts.length != 3 || certificate == null) {
            return false;
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            String algorithm = JSON.readTree(Base64.getUrlDecoder().decode(parts[0])).path("alg").asText();
            return tenant.clientId().equals(claims.path("iss").asText())
                    && tenant.clientId().equals(claims.path("sub").asText())
                    && claims.path("aud").asText().contains(tenant.tenantId())
                    && claims.path("exp").asLong() > Instant.now().getEpochSecond()
                    && signatureFits(certificate, algorithm, parts);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean signatureFits(X509Certificate certificate, String algorithm, String[] parts)
            throws GeneralSecurityException {
        Signature check;
        if ("PS256".equals(algorithm)) {
            check = Signature.getInstance("RSASSA-PSS");
            check.setParameter(PSS);
        } else if ("RS256".equals(algorithm)) {
            check = Signature.getInstance("SHA256withRSA");
        } else {
            return false;
        }
        check.initVerify(certificate.getPublicKey());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return check.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static String block(String name, byte[] der) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                + "\n-----END " + name + "-----\n";
    }
}
