package io.liveresponse.cli;

import io.liveresponse.fetch.token.ApiUse;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.fetch.token.TokenClaims;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.TenantSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/** Fetches a tenant's token and makes one call with it that does not count against the quota of link calls. */
final class TenantSystemCheck {

    private final CheckHttp http;
    private final TenantTokens tokens;
    private final Duration allowedSkew;
    private final Clock clock;

    /** @param allowedSkew by how much this machine's clock may differ from the API's */
    TenantSystemCheck(CheckHttp http, TenantTokens tokens, Duration allowedSkew, Clock clock) {
        this.http = http;
        this.tokens = tokens;
        this.allowedSkew = allowedSkew;
        this.clock = clock;
    }

    List<Finding> check(TenantSettings tenant, Set<ApiUse> uses) {
        List<Finding> findings = new ArrayList<>();
        String token;
        try {
            token = tokens.current(tenant.name());
        } catch (LiveResponseException | RuntimeException e) {
            findings.add(Finding.wrong("token", tenant.name(), String.valueOf(e.getMessage())));
            return findings;
        }
        findings.add(
                Finding.ok("token", tenant.name(), tenant.authorityHost() + " gives one for credential " + tenant.credential().text()));
        TokenClaims claims = TokenClaims.of(token);
        List<String> complaints = uses.stream().flatMap(use -> claims.complaint(tenant.name(), tenant.scope(), use).stream()).distinct()
                .toList();
        complaints.forEach(what -> findings.add(Finding.wrong("roles", tenant.name(), what)));
        if (complaints.isEmpty()) {
            findings.add(Finding.ok("roles", tenant.name(), String.join(", ", claims.permissions())));
        }
        call(tenant, token, claims, findings);
        return findings;
    }

    private void call(TenantSettings tenant, String token, TokenClaims claims, List<Finding> findings) {
        String setting = "live-response.tenant." + tenant.name() + ".api-url";
        try {
            Instant asked = clock.instant();
            CheckHttp.Answer answer = http.get(URI.create(tenant.apiBase() + "/machineactions?$top=1"), "Bearer " + token);
            findings.add(answered(tenant, answer.status(), claims, setting));
            clock(tenant, answer, asked, clock.instant()).ifPresent(findings::add);
        } catch (IOException e) {
            String what = ObjectHelper.getException(SSLException.class, e) != null
                    ? " shows a certificate that is not trusted; set live-response.tls.trust-store, or check " + setting
                    : " cannot be reached (" + e.getClass().getSimpleName() + "); check " + setting + ", the proxy and the firewall";
            findings.add(Finding.wrong("api", tenant.name(), tenant.apiUrl() + what, setting));
        }
    }

    private static Finding answered(TenantSettings tenant, int status, TokenClaims claims, String setting) {
        String says = tenant.apiUrl() + " answers " + status;
        return switch (status) {
            case 200 -> Finding.ok("api", tenant.name(), says + " to a list of one action");
            case 401, 403 ->
                Finding.wrong("api", tenant.name(), says + ": " + claims.advice(tenant.name(), tenant.scope(), ApiUse.ACTIONS));
            case 404 -> Finding.wrong("api", tenant.name(), says + "; check " + setting, setting);
            case 429 -> Finding.wrong("api", tenant.name(),
                    says + ": another program uses up the tenant's quota; lower live-response.quota.per-minute",
                    "live-response.quota.per-minute");
            default -> Finding.wrong("api", tenant.name(), says + (status >= 500 ? "; try again later" : "; check " + setting), setting);
        };
    }

    /** Empty where the API does not say what time it is. */
    private Optional<Finding> clock(TenantSettings tenant, CheckHttp.Answer answer, Instant asked, Instant answered) {
        Optional<Instant> theirs = answer.date().flatMap(TenantSystemCheck::date);
        return theirs.map(time -> {
            // their second began at some moment between question and answer
            Duration skew = time.isBefore(asked.minusSeconds(1))
                    ? Duration.between(time, asked)
                    : time.isAfter(answered) ? Duration.between(time, answered) : Duration.ZERO;
            String what = skew.isZero()
                    ? "agrees with the API's"
                    : "is " + skew.abs().toSeconds() + " s "
                            + (skew.isNegative() ? "behind" : "ahead of") + " the API's";
            return skew.abs().compareTo(allowedSkew) <= 0
                    ? Finding.ok("clock", tenant.name(), what)
                    : Finding.wrong("clock", tenant.name(), what + "; set this machine's clock (NTP), since tokens and links end by it",
                            null);
        });
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
