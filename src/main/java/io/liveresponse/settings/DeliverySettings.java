package io.liveresponse.settings;

import static io.liveresponse.settings.Setting.Type.ADDRESS;
import static io.liveresponse.settings.Setting.Type.ADDRESSES;
import static io.liveresponse.settings.Setting.Type.BYTES;
import static io.liveresponse.settings.Setting.Type.CHOICE;
import static io.liveresponse.settings.Setting.Type.FIELDS;
import static io.liveresponse.settings.Setting.Type.HOST;
import static io.liveresponse.settings.Setting.Type.INTEGER;
import static io.liveresponse.settings.Setting.Type.LAYOUT;
import static io.liveresponse.settings.Setting.Type.NAME;
import static io.liveresponse.settings.Setting.Type.PATH;
import static io.liveresponse.settings.Setting.Type.PORT;
import static io.liveresponse.settings.Setting.Type.TEXT;
import static io.liveresponse.settings.Setting.Type.URL;

import io.liveresponse.model.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the sinks, in the order in which the reference shows them. */
final class DeliverySettings {

    private static final String RECIPIENTS = "live-response.deliver.email.to";

    private static final List<Setting> DECLARED = List.of(
            Setting.of("live-response.deliver.file.directory", PATH, "{{live-response.data-directory}}/results",
                    "Where results go."),
            Setting.of("live-response.deliver.file.pattern", LAYOUT, "{tenant}/{device}/{action}",
                    "The directory of each action in there; a part that names what is not known, such as the device, is left out."),
            Setting.of("live-response.deliver.email.host", HOST, null, "The mail server; without it no mail is sent."),
            Setting.of("live-response.deliver.email.port", PORT, "587", "The mail server's port."),
            Setting.choice("live-response.deliver.email.security", CHOICE, "starttls", List.of("starttls", "tls", "none"),
                    "How the connection is secured; none is for a server on this machine."),
            Setting.of("live-response.deliver.email.user", TEXT, null,
                    "The login name, if the server requires one; at Microsoft 365 the mailbox that sends."),
            Setting.secret("live-response.deliver.email.password", "The login's password."),
            Setting.of("live-response.deliver.email.tenant", NAME, null,
                    "The tenant of live-response.tenants whose credential logs in by XOAUTH2 in place of a password, as Microsoft 365 requires."),
            Setting.of("live-response.deliver.email.scope", TEXT, null,
                    "The scope of that tenant's token; default Exchange Online's in the tenant's cloud, such as "
                            + Cloud.COMMERCIAL.mailScope() + "."),
            Setting.of("live-response.deliver.email.from", ADDRESS, null, "The sender."),
            Setting.of(RECIPIENTS, ADDRESSES, null,
                    "The recipients; nothing but this and the outcome's own setting ever chooses one."),
            Setting.of("live-response.deliver.email.max-attachment", BYTES, "5MB",
                    "Larger bytes as received are not attached; the mail says where they are."),
            Setting.choice("live-response.deliver.ticket.kind", CHOICE, "none", List.of("none", "webhook", "servicenow", "jira"),
                    "Which ticket system gets tickets."),
            Setting.of("live-response.deliver.ticket.url", URL, null,
                    "The ticket system's address: a webhook's whole, of servicenow and jira what comes before /api or /rest."),
            Setting.of("live-response.deliver.ticket.user", TEXT, null,
                    "The login name for servicenow, or the mail address for a token of Jira Cloud."),
            Setting.secret("live-response.deliver.ticket.password", "The login's password."),
            Setting.secret("live-response.deliver.ticket.token",
                    "The ticket system's token: a bearer (webhook, a personal access token of Jira Data Center), or with user Jira Cloud's API token."),
            Setting.of("live-response.deliver.ticket.client-id", TEXT, null,
                    "The client id for OAuth client credentials at servicenow, in place of user and password."),
            Setting.secret("live-response.deliver.ticket.client-secret", "The client's secret."),
            Setting.of("live-response.deliver.ticket.settle-time", INTEGER, "10000",
                    "How long after a lost answer the ticket system's search may not show a new ticket yet, in milliseconds."),
            Setting.of("live-response.deliver.ticket.table", NAME, "incident", "The table of servicenow."),
            Setting.choice("live-response.deliver.ticket.api-version", CHOICE, "3", List.of("2", "3"),
                    "The version of Jira's API: 3 for Cloud, 2 for Data Center."),
            Setting.of("live-response.deliver.ticket.project", NAME, null, "The key of Jira's project."),
            Setting.of("live-response.deliver.ticket.max-attachment", BYTES, "5MB",
                    "Larger bytes as received are not attached at jira."),
            Setting.choice("live-response.deliver.ticket.format", CHOICE, "json", List.of("json", "teams", "slack"),
                    "What a webhook is sent: the result's JSON, or a message by webhook-teams.json or webhook-slack.json."),
            Setting.secret("live-response.deliver.ticket.signing-secret",
                    "The key of a webhook's signature, HMAC-SHA256 over the time stamp, a dot and the body; without it none is sent."),
            new Setting("live-response.deliver.ticket.headers", FIELDS, null, true, List.of(),
                    "Further header fields of a webhook, as in X-Api-Key=abc,X-Team=soc."),
            Setting.of("live-response.deliver.jms.destination", TEXT, null,
                    "Where results go at the broker: queue:NAME or topic:NAME; without it none are sent."),
            Setting.of("live-response.deliver.jms.url", TEXT, null,
                    "The broker's AMQP 1.0 address, as amqps://broker.example.org:5671; a host may bind its own"
                            + " liveResponseJmsConnectionFactory instead."),
            Setting.of("live-response.deliver.jms.user", TEXT, null, "The login name, if the broker requires one."),
            Setting.secret("live-response.deliver.jms.password", "The login's password."));

    static final List<Setting> ALL = DECLARED.stream().flatMap(setting -> setting.name().equals(RECIPIENTS)
            ? Stream.concat(Stream.of(setting), Stream.of(Outcome.values()).map(DeliverySettings::recipientsOf))
            : Stream.of(setting)).toList();

    private DeliverySettings() {
    }

    private static Setting recipientsOf(Outcome outcome) {
        return Setting.of(RECIPIENTS + "." + outcome.label(), ADDRESSES, null,
                "The recipients if the outcome is " + outcome.label() + "; default to.");
    }
}
