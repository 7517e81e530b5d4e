package io.liveresponse.deliver.mail;

import io.liveresponse.fetch.token.CachedToken;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.fetch.token.TokenClaims;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import jakarta.mail.PasswordAuthentication;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.util.function.Suppliers;

/**
 * Who logs in at the mail server, looked up for each connection so that a rotated secret is seen: the user of the settings with
 * a token of {@code live-response.deliver.email.tenant}, else with the password. Thread-safe.
 */
final class MailLogin {

    private static final String USER = MailSettings.PREFIX + "user";
    private static final String PASSWORD = MailSettings.PREFIX + "password";
    private static final String TENANT = MailSettings.PREFIX + "tenant";
    /** "Authenticate an IMAP, POP or SMTP connection using OAuth": the first for an app, the second on behalf of a person. */
    private static final Set<String> ENOUGH = Set.of("SMTP.SendAsApp", "SMTP.Send");

    private final Settings settings;
    private final MailSettings mail;
    private final Supplier<CachedToken> token;

    /** @param tokens used only if a tenant's credential logs in */
    MailLogin(Settings settings, MailSettings mail, Supplier<TenantTokens> tokens) {
        this.settings = settings;
        this.mail = mail;
        this.token = Suppliers.memorize(() -> {
            String tenant = mail.tenant().orElseThrow();
            String scope = mail.scope().orElseGet(() -> settings.tenant(tenant).mailScope());
            return tokens.get().forScope(tenant, scope, MailSettings.PREFIX + "scope");
        });
    }

    /**
     * User and password or token; both null if no login is set. Blocks while a token is fetched.
     *
     * @throws LiveResponseException DELIVERY_UNAVAILABLE if there is no token: that is the mail's failure, not the tenant's
     */
    PasswordAuthentication current() throws LiveResponseException {
        if (mail.tenant().isEmpty()) {
            Optional<String> user = settings.find(USER);
            return new PasswordAuthentication(user.orElse(null), user.flatMap(name -> settings.find(PASSWORD)).orElse(null));
        }
        try {
            return new PasswordAuthentication(settings.text(USER), token.get().current());
        } catch (LiveResponseException e) {
            throw new LiveResponseException(FailureCode.DELIVERY_UNAVAILABLE, "no token for the mail server: " + e.getMessage());
        }
    }

    /** Reports that the server refused this login; true if another token can be fetched. */
    boolean refused(PasswordAuthentication login) {
        return mail.tenant().isPresent() && token.get().refused(login.getPassword());
    }

    /** What to change if the server refuses this login. */
    String advice(PasswordAuthentication login) {
        if (mail.tenant().isEmpty()) {
            return "check " + USER + " and " + PASSWORD;
        }
        String app = "the app of live-response.tenant." + mail.tenant().get() + ".client-id";
        List<String> granted = TokenClaims.of(login.getPassword()).permissions();
        return granted.stream().noneMatch(ENOUGH::contains)
                ? "the token of " + TENANT + " grants " + granted + "; give " + app
                        + " the application permission SMTP.SendAsApp of Office 365 Exchange Online, with admin consent"
                : "allow " + app + " to send as the mailbox in " + USER
                        + " (in Exchange: New-ServicePrincipal and Add-MailboxPermission), and switch SMTP AUTH on for that mailbox";
    }
}
