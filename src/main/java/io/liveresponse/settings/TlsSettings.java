package io.liveresponse.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** Whom every connection of ours trusts: Java's own authorities, or those of {@code live-response.tls.trust-store}. */
public final class TlsSettings {

    private static final String TRUST_STORE = "live-response.tls.trust-store";

    private TlsSettings() {
    }

    /** For Camel's endpoints. */
    public static SSLContextParameters parameters(CamelContext context, Settings settings) {
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setCamelContext(context);
        settings.find(TRUST_STORE).ifPresent(path -> {
            KeyStoreParameters store = new KeyStoreParameters();
            store.setCamelContext(context);
            store.setKeyStore(loaded(Path.of(path), settings.find(TRUST_STORE + "-password").map(String::toCharArray).orElse(null)));
            TrustManagersParameters trust = new TrustManagersParameters();
            trust.setCamelContext(context);
            trust.setKeyStore(store);
            parameters.setTrustManagers(trust);
        });
        return parameters;
    }

    /** For everything that takes Java's own type. */
    public static SSLContext context(CamelContext context, Settings settings) {
        try {
            return parameters(context, settings).createSSLContext(context);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static KeyStore loaded(Path path, char[] password) {
        try {
            return TrustStoreFile.load(path, password);
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private static InvalidSettingException unusable(Exception e) {
        return new InvalidSettingException(TRUST_STORE, "cannot be opened (" + e.getMessage() + ")");
    }
}
