package io.liveresponse.cli;

import io.liveresponse.deliver.ticket.TicketLogin;
import io.liveresponse.model.LiveResponseException;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.apache.camel.util.ObjectHelper;

/** A ticket system that lets what tickets go to be read, with the login that opens them. Thread-safe. */
final class ReadableTicketSystem implements TicketSystemCheck {

    private static final String PREFIX = "live-response.deliver.ticket.";

    private final CheckHttp http;
    private final TicketLogin login;
    private final String resource;
    private final String setting;

    /**
     * @param resource the path that is read, as a pattern; {@code %s} is the value of the setting
     * @param setting  what names the place of tickets, such as {@code table}
     */
    ReadableTicketSystem(CheckHttp http, TicketLogin login, String resource, String setting) {
        this.http = http;
        this.login = login;
        this.resource = resource;
        this.setting = setting;
    }

    @Override
    public Finding check(Settings settings) {
        String url = settings.text(PREFIX + "url").replaceFirst("/+$", "");
        String place = settings.text(PREFIX + setting);
        try {
            String authorization = login.authorization();
            if (authorization == null) {
                return Finding.wrong("ticket", null, "no login is set; give " + PREFIX + "user or " + PREFIX + "token", PREFIX + "user");
            }
            URI address = URI.create(url + String.format(resource, URLEncoder.encode(place, StandardCharsets.UTF_8)));
            return answered(url, place, http.get(address, authorization).status());
        } catch (LiveResponseException e) {
            return Finding.wrong("ticket", null, e.getMessage());
        } catch (IOException e) {
            return ObjectHelper.getException(SSLException.class, e) != null
                    ? Finding.wrong("ticket", null, url + " shows a certificate that is not trusted; set live-response.tls.trust-store",
                            PREFIX + "url")
                    : Finding.wrong("ticket", null,
                            url + " cannot be reached (" + e.getClass().getSimpleName() + "); check " + PREFIX
                                    + "url, the proxy and the firewall",
                            PREFIX + "url");
        }
    }

    private Finding answered(String url, String place, int status) {
        String says = url + " answers " + status;
        return switch (status) {
            case 200 -> Finding.ok("ticket", null, url + " takes the login and shows " + setting + " " + place);
            case 401 ->
                Finding.wrong("ticket", null, says + ": the login is refused; check " + PREFIX + "user, password and token",
                        PREFIX + "user");
            case 403 ->
                Finding.wrong("ticket", null, says + ": the login may not read " + setting + " " + place + "; give it the role, or check "
                        + PREFIX + setting, PREFIX + setting);
            case 404 ->
                Finding.wrong("ticket", null, says + ": there is no " + setting + " " + place + " for this login; check " + PREFIX + setting
                        + " and " + PREFIX + "url", PREFIX + setting);
            default -> Finding.wrong("ticket", null,
                    says + (status == 429 || status >= 500 ? "; try again later" : "; check " + PREFIX + "url"), PREFIX + "url");
        };
    }
}
