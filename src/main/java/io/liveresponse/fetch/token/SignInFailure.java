package io.liveresponse.fetch.token;

import com.azure.core.exception.HttpResponseException;
import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.liveresponse.fetch.http.ConnectionFault;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.InvalidSettingException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/**
 * Turns what Azure Identity throws into a failure that names the setting to change. Nothing of the original text but its
 * AADSTS number is kept: it may hold the request.
 */
final class SignInFailure {

    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,8})");

    /** Entra's "Microsoft Entra authentication and authorization error codes", those that a setting causes. */
    private static final Map<String, String> SETTING_OF = Map.ofEntries(
            Map.entry("7000215", "client-secret is wrong (its value is needed, not its id)"),
            Map.entry("7000222", "client-secret has expired"),
            Map.entry("700016", "client-id is not known in this tenant"),
            Map.entry("700211",
                    "federated-token-file holds a token of an issuer that no federated credential of the app registration names"),
            Map.entry("700212",
                    "federated-token-file holds a token for another audience than the federated credential of the app registration"),
            Map.entry("700213",
                    "federated-token-file holds a token of a subject that no federated credential of the app registration names"),
            Map.entry("700024", "federated-token-file holds a token that has expired; check what writes it"),
            Map.entry("700027", "certificate-path holds a certificate that the app registration does not list"),
            Map.entry("90002", "tenant-id is not known, or authority-host is another cloud's"),
            Map.entry("900023", "tenant-id is neither a GUID nor a domain"),
            Map.entry("70011", "scope is not valid"),
            Map.entry("1002012", "scope must end in /.default"),
            Map.entry("500011", "scope names an API that is not known in this tenant"));

    private SignInFailure() {
    }

    /** @param scopeSetting the setting that gave the scope */
    static LiveResponseException of(String tenant, String scopeSetting, Throwable thrown) {
        InvalidSettingException setting = ObjectHelper.getException(InvalidSettingException.class, thrown);
        if (setting != null) {
            return new LiveResponseException(FailureCode.TOKEN_REFUSED, setting.getMessage());
        }
        String prefix = "live-response.tenant." + tenant + ".";
        int status = statusOf(thrown);
        String number = aadsts(thrown);
        String said = number == null ? (status == 0 ? "" : " (HTTP " + status + ")") : " (AADSTS" + number + ")";
        if (number != null && SETTING_OF.containsKey(number)) {
            String wrong = prefix + SETTING_OF.get(number);
            return new LiveResponseException(FailureCode.TOKEN_REFUSED, "the sign-in host refuses tenant " + tenant + said + ": "
                    + wrong.replace(prefix + "scope", scopeSetting));
        }
        SSLException tls = ObjectHelper.getException(SSLException.class, thrown);
        if (tls != null) {
            return new LiveResponseException(FailureCode.TOKEN_UNAVAILABLE,
                    "the sign-in host of tenant " + tenant + " shows a certificate that is not trusted;"
                            + " set live-response.tls.trust-store to the authority of your proxy or cloud");
        }
        IOException io = status == 0 ? ObjectHelper.getException(IOException.class, thrown) : null;
        // no answer of a sign-in host is anything but JSON: a page of something before it, whose status is not told
        boolean theirs = status >= 500 || status == 429 || status == 408
                || isNoJson(thrown)
                || io != null;
        if (theirs) {
            return new LiveResponseException(FailureCode.TOKEN_UNAVAILABLE,
                    "the sign-in host of tenant " + tenant + " gives no token now"
                            + (io == null ? said : ": " + ConnectionFault.reason(io)) + "; see " + prefix
                            + "authority-host if it stays so");
        }
        return new LiveResponseException(FailureCode.TOKEN_REFUSED,
                "the sign-in host refuses tenant " + tenant + said + ": check " + prefix + "tenant-id, client-id and what "
                        + prefix + "credential needs");
    }

    private static boolean isNoJson(Throwable thrown) {
        MsalException msal = ObjectHelper.getException(MsalException.class, thrown);
        return msal != null && AuthenticationErrorCode.INVALID_JSON.equals(msal.errorCode());
    }

    private static int statusOf(Throwable thrown) {
        MsalServiceException msal = ObjectHelper.getException(MsalServiceException.class, thrown);
        if (msal != null && msal.statusCode() != null) {
            return msal.statusCode();
        }
        HttpResponseException http = ObjectHelper.getException(HttpResponseException.class, thrown);
        return http != null && http.getResponse() != null ? http.getResponse().getStatusCode() : 0;
    }

    private static String aadsts(Throwable thrown) {
        for (Throwable cause : ObjectHelper.createExceptionIterable(thrown)) {
            Matcher matcher = AADSTS.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }
}
