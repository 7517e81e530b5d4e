package io.liveresponse.settings;

import io.liveresponse.settings.SettingProblem.Code;
import java.util.List;
import java.util.Optional;

/** Whether each sink that is set up has what it needs. */
final class SinkCheck {

    private static final String MAIL = "live-response.deliver.email.";
    private static final String TICKET = "live-response.deliver.ticket.";
    private static final String JMS = "live-response.deliver.jms.";

    private SinkCheck() {
    }

    static void check(SettingsSource given) {
        given.need(MAIL + "host", MAIL + "from");
        given.need(MAIL + "host", MAIL + "to");
        given.need(MAIL + "password", MAIL + "user");
        given.need(MAIL + "scope", MAIL + "tenant");
        if (given.has(MAIL + "tenant")) {
            checkMailTenant(given);
        } else {
            given.need(MAIL + "user", MAIL + "password");
        }
        given.need(JMS + "url", JMS + "destination");
        given.need(JMS + "user", JMS + "password");
        given.need(JMS + "password", JMS + "user");
        given.sound(TICKET + "kind").filter(kind -> !kind.equals("none")).ifPresent(kind -> checkTicketSystem(given, kind));
    }

    private static void checkMailTenant(SettingsSource given) {
        String key = MAIL + "tenant";
        given.need(key, MAIL + "user");
        if (given.hasValueOrFile(MAIL + "password")) {
            given.report(Code.SETTING_CONFLICT, key, "is a second login beside " + MAIL + "password — delete one of them");
        }
        given.sound(MAIL + "security").filter("none"::equals).ifPresent(none -> given.report(Code.SETTING_CONFLICT, MAIL + "security",
                "would send the token of " + key + " unencrypted — set it to starttls or tls"));
        Optional<List<String>> listed = given.sound("live-response.tenants").map(SettingForm::parts).filter(names -> !names.isEmpty());
        given.sound(key).filter(name -> listed.isPresent() && !listed.get().contains(name))
                .ifPresent(name -> given.report(Code.SETTING_CONFLICT, key, "names a tenant that live-response.tenants does not list"
                        + " — add it there, or did you mean " + NearestName.to(name, listed.get()) + "?"));
    }

    private static void checkTicketSystem(SettingsSource given, String kind) {
        String asking = TICKET + "kind";
        given.need(asking, TICKET + "url");
        given.need(TICKET + "password", TICKET + "user");
        given.need(TICKET + "client-id", TICKET + "client-secret");
        given.need(TICKET + "client-secret", TICKET + "client-id");
        switch (kind) {
            case "servicenow" -> {
                boolean client = given.has(TICKET + "client-id");
                if (!client && !given.hasValueOrFile(TICKET + "token")) {
                    given.need(asking, TICKET + "user");
                    given.need(asking, TICKET + "password");
                }
                if (client && given.has(TICKET + "user")) {
                    given.report(Code.SETTING_CONFLICT, TICKET + "user",
                            "is a second login beside " + TICKET + "client-id — delete one of them");
                }
            }
            case "jira" -> {
                given.need(asking, TICKET + "project");
                given.need(asking, given.has(TICKET + "user") && given.hasValueOrFile(TICKET + "password")
                        ? TICKET + "user"
                        : TICKET + "token");
            }
            default -> {
            }
        }
    }
}
