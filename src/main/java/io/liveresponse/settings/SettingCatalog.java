package io.liveresponse.settings;

import static io.liveresponse.settings.Setting.Type.API_URL;
import static io.liveresponse.settings.Setting.Type.AUTHORITY;
import static io.liveresponse.settings.Setting.Type.BYTES;
import static io.liveresponse.settings.Setting.Type.CHOICE;
import static io.liveresponse.settings.Setting.Type.CHOICES;
import static io.liveresponse.settings.Setting.Type.DURATION;
import static io.liveresponse.settings.Setting.Type.FLAG;
import static io.liveresponse.settings.Setting.Type.HOST;
import static io.liveresponse.settings.Setting.Type.HOSTS;
import static io.liveresponse.settings.Setting.Type.INTEGER;
import static io.liveresponse.settings.Setting.Type.NAME;
import static io.liveresponse.settings.Setting.Type.NAMES;
import static io.liveresponse.settings.Setting.Type.PATH;
import static io.liveresponse.settings.Setting.Type.PORT;
import static io.liveresponse.settings.Setting.Type.TENANT_ID;
import static io.liveresponse.settings.Setting.Type.TEXT;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All settings of the bundle, in the order in which the reference shows them. */
public final class SettingCatalog {

    /** What every key starts with. */
    public static final String PREFIX = "live-response.";

    private static final String TENANT_PREFIX = PREFIX + "tenant.";

    private static final List<Setting> BEFORE_DELIVERY = List.of(
            Setting.of("live-response.data-directory", PATH, "data",
                    "Where the ledger, the spool and, unless set otherwise, inbox and results live."),
            Setting.of("live-response.ledger.url", TEXT, null,
                    "The ledger's database, such as jdbc:postgresql://host:5432/name; default H2 in a file in the data directory."),
            Setting.of("live-response.ledger.user", TEXT, null, "The database's login."),
            Setting.secret("live-response.ledger.password", "The login's password."),
            Setting.of("live-response.tenants", NAMES, null,
                    "The tenants' names, as used in requests and in the keys below."),
            Setting.of("live-response.tenant.NAME.tenant-id", TENANT_ID, null, "The tenant's id in Entra."),
            Setting.of("live-response.tenant.NAME.client-id", TEXT, null,
                    "The app registration's client id; for managed-identity, a user-assigned identity's."),
            Setting.secret("live-response.tenant.NAME.client-secret",
                    "The app registration's secret, for credential client-secret."),
            Setting.of("live-response.tenant.NAME.certificate-path", PATH, null,
                    "A PEM or PFX file with certificate and private key, for credential certificate."),
            Setting.secret("live-response.tenant.NAME.certificate-password", "The PFX file's password, where it has one."),
            Setting.choice("live-response.tenant.NAME.credential", CHOICE, "client-secret", CredentialKind.texts(),
                    "How to sign in; default is Azure Identity's own chain."),
            Setting.choice("live-response.tenant.NAME.cloud", CHOICE, "commercial", Cloud.texts(),
                    "Which Microsoft cloud; gives api-url, authority-host and scope their defaults."),
            Setting.of("live-response.tenant.NAME.api-url", API_URL, null, "The Defender API; default the cloud's."),
            Setting.of("live-response.tenant.NAME.authority-host", AUTHORITY, null, "The sign-in host; default the cloud's."),
            Setting.of("live-response.tenant.NAME.scope", TEXT, null,
                    "The scope asked for; default the cloud's, which names the API's old host also where the API is the new one."),

            Setting.of("live-response.quota.per-minute", INTEGER, "100", "Link calls a tenant may make in minute-period."),
            Setting.of("live-response.quota.per-hour", INTEGER, "1500", "Link calls a tenant may make in hour-period."),
            Setting.of("live-response.quota.minute-period", DURATION, "62s",
                    "The minute window, padded so that jitter merges no two bursts into one true minute."),
            Setting.of("live-response.quota.hour-period", DURATION, "3650s", "The hour window, padded likewise."),

            Setting.of("live-response.link.allowed-hosts", HOSTS,
                    Stream.of(Cloud.values()).map(Cloud::blobHosts).distinct().collect(Collectors.joining(",")),
                    "Hosts that a download link may name; nothing is sent to any other."),
            Setting.choice("live-response.link.allowed-schemes", CHOICES, "https", List.of("https", "http"),
                    "Schemes a download link may have; http is for a store on this machine."),
            Setting.of("live-response.link.expiry-margin", DURATION, "1m",
                    "A link this near its end is not followed but made anew."),

            Setting.of("live-response.result.max-bytes", BYTES, "8GB",
                    "A larger blob is refused, so that no device fills the disk."),
            Setting.of("live-response.result.max-transcript-bytes", BYTES, "512MB",
                    "How much of an unpacked transcript is read before it is called unreadable."),

            Setting.of("live-response.http.connect-timeout", INTEGER, "10000",
                    "How long a connection to the API, the store or a sink may take, in milliseconds."),
            Setting.of("live-response.http.response-timeout", INTEGER, "60000",
                    "How long the next bytes of an answer may take, in milliseconds."),
            Setting.of("live-response.tls.trust-store", PATH, null,
                    "A PEM, PKCS12 or JKS file with the authorities to trust, for a private one or a TLS-inspecting proxy; default Java's own."),
            Setting.secret("live-response.tls.trust-store-password", "The trust store's password."),

            Setting.of("live-response.retry.attempts", INTEGER, "8", "Attempts at one stage before a request is dead."),
            Setting.of("live-response.retry.delay", INTEGER, "2000",
                    "The first wait, in milliseconds; doubles each time, with jitter."),
            Setting.of("live-response.retry.max-delay", INTEGER, "300000", "The longest such wait, in milliseconds."),
            Setting.of("live-response.retry.grace", DURATION, "3h",
                    "How long a 404 or 409 from the API may mean that the action has not ended."),

            Setting.of("live-response.intake.inbox.enabled", FLAG, "false",
                    "Whether files of requests are picked up from a directory."),
            Setting.of("live-response.intake.inbox.directory", PATH, "{{live-response.data-directory}}/inbox",
                    "The directory that the inbox watches."),

            Setting.of("live-response.intake.rejected-directory", PATH, null,
                    "Where inbox and JMS leave what is no request, with the reason; default rejected beside the inbox, and for JMS in the data directory."),
            Setting.of("live-response.intake.http.enabled", FLAG, "false", "Whether requests are taken by POST /requests."),
            Setting.of("live-response.intake.http.host", HOST, "127.0.0.1", "The address to listen on; put TLS in front of any other."),
            Setting.of("live-response.intake.http.port", PORT, "8777", "The port to listen on."),
            Setting.secret("live-response.intake.http.api-key",
                    "What callers send as the header X-API-Key; without it one is made at the first start, shown once and kept"
                            + " in intake-http.key in the data directory."),
            Setting.of("live-response.intake.http.max-bytes", INTEGER, "1048576", "A body of more bytes is refused."),
            Setting.of("live-response.intake.jms.enabled", FLAG, "false", "Whether requests are taken from a queue of a broker."),
            Setting.of("live-response.intake.jms.url", TEXT, null,
                    "The broker, by AMQP 1.0, such as amqps://broker:5671; for any other protocol bind a connection factory as"
                            + " liveResponseJmsConnectionFactory instead."),
            Setting.of("live-response.intake.jms.user", TEXT, null, "The login name, where the broker wants one."),
            Setting.secret("live-response.intake.jms.password", "The login's password."),
            Setting.of("live-response.intake.jms.queue", TEXT, "live-response.requests", "The queue."),
            Setting.of("live-response.intake.discovery.enabled", FLAG, "false",
                    "Whether the tenants' live response actions are listed and their results fetched without being asked for."),
            Setting.of("live-response.intake.discovery.period", DURATION, "2m", "How often they are listed."),
            Setting.of("live-response.intake.discovery.lookback", DURATION, "3d",
                    "How old an action may be to be found; longer than this service is ever down."),
            Setting.of("live-response.action.look-up", FLAG, "false",
                    "Whether the API is asked about the action of a request that came with ids alone, one call more a request, so"
                            + " that mails, tickets and lists name device, requestor and comment; discovery knows them anyway."),
            Setting.of("live-response.action.period", DURATION, "30s",
                    "How often an action that runs is asked about at first; later less often, at each tenth of its age."),
            Setting.of("live-response.action.give-up", DURATION, "7d", "The age at which an action that still runs is given up."),

            Setting.of("live-response.retention.bytes", DURATION, null,
                    "How long the bytes of delivered results stay in the spool, for replays; default for ever."),
            Setting.of("live-response.retention.delivered", DURATION, null,
                    "How long the ledger remembers delivered requests; default for ever. Never shorter than discovery looks back."),
            Setting.of("live-response.retention.dead", DURATION, null,
                    "How long the ledger keeps dead requests, and their bytes; default for ever. Never shorter than discovery looks back."),
            Setting.of("live-response.retention.period", DURATION, "1h", "How often what is kept no longer is removed."),

            Setting.of("live-response.worker.enabled", FLAG, "false",
                    "Whether the ledger and the worker run here; the standalone runtime has them on, an embedding host off."),
            Setting.of("live-response.worker.period", INTEGER, "250", "How often the worker looks for due requests, in milliseconds."),
            Setting.of("live-response.worker.concurrency", INTEGER, "8", "Results fetched at once."));

    private static final List<Setting> ALL = Stream.of(BEFORE_DELIVERY, DeliverySettings.ALL, RowSettings.ALL).flatMap(List::stream).toList();

    private static final Map<String, Setting> BY_NAME =
            ALL.stream().flatMap(setting -> Stream.concat(Stream.of(setting), setting.inFile().stream()))
                    .collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    private SettingCatalog() {
    }

    public static List<Setting> all() {
        return ALL;
    }

    /** Every key that may be given where these are the tenants, the files of secrets included. */
    static List<String> keys(Collection<String> tenants) {
        return BY_NAME.values().stream()
                .flatMap(setting -> setting.perTenant() ? tenants.stream().map(setting::keyFor) : Stream.of(setting.name()))
                .sorted().toList();
    }

    /** The tenant that a key names, whether there is such a tenant or not; empty for a key of all tenants. */
    static Optional<String> tenantIn(String key) {
        int end = key.startsWith(TENANT_PREFIX) ? key.indexOf('.', TENANT_PREFIX.length()) : -1;
        return end < 0 ? Optional.empty() : Optional.of(key.substring(TENANT_PREFIX.length(), end));
    }

    static String tenantKey(String tenant, String leaf) {
        return TENANT_PREFIX + tenant + "." + leaf;
    }

    /**
     * The declaration behind a key as a person writes it, with a real tenant's name in it; also of the file of a secret.
     */
    public static Optional<Setting> declarationOf(String key) {
        Setting exact = BY_NAME.get(key);
        if (exact != null) {
            return Optional.of(exact);
        }
        return tenantIn(key).map(tenant -> key.substring(tenantKey(tenant, "").length()))
                .map(leaf -> BY_NAME.get(tenantKey(Setting.TENANT, leaf)));
    }
}
