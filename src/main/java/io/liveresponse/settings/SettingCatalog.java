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
import static io.liveresponse.settings.Setting.Type.LEVEL;
import static io.liveresponse.settings.Setting.Type.NAMES;
import static io.liveresponse.settings.Setting.Type.NO_PROXY;
import static io.liveresponse.settings.Setting.Type.PATH;
import static io.liveresponse.settings.Setting.Type.PORT;
import static io.liveresponse.settings.Setting.Type.PROXY_URL;
import static io.liveresponse.settings.Setting.Type.TENANT_ID;
import static io.liveresponse.settings.Setting.Type.TEXT;
import static io.liveresponse.settings.Setting.Type.VERSION;

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
                    "The directory of the ledger and the spool, and by default of inbox and results."),
            Setting.of("live-response.ledger.url", TEXT, null,
                    "The ledger's database, such as jdbc:postgresql://host:5432/name; default SQLite in a file in the data directory."),
            Setting.of("live-response.ledger.user", TEXT, null, "The login name at the database."),
            Setting.secret("live-response.ledger.password", "The password of that login."),
            Setting.of("live-response.tenants", NAMES, null,
                    "The names of the tenants, as requests and the keys below use them."),
            Setting.of("live-response.tenant.NAME.tenant-id", TENANT_ID, null, "The tenant's id in Entra."),
            Setting.of("live-response.tenant.NAME.client-id", TEXT, null,
                    "The app registration's client id; for managed-identity, that of a user-assigned identity."),
            Setting.secret("live-response.tenant.NAME.client-secret",
                    "The app registration's secret, for credential client-secret."),
            Setting.of("live-response.tenant.NAME.certificate-path", PATH, null,
                    "A PEM or PFX file with certificate and private key, for credential certificate."),
            Setting.secret("live-response.tenant.NAME.certificate-password", "The password of the PFX file, if it has one."),
            Setting.choice("live-response.tenant.NAME.credential", CHOICE, "client-secret", CredentialKind.texts(),
                    "How to sign in; default stands for the chain of Azure Identity."),
            Setting.choice("live-response.tenant.NAME.cloud", CHOICE, "commercial", Cloud.texts(),
                    "The Microsoft cloud; sets the defaults of api-url, authority-host and scope."),
            Setting.choice("live-response.tenant.NAME.region", CHOICE, null, Cloud.REGIONS,
                    "The region whose API is called, in the commercial cloud; without it the nearest one answers."),
            Setting.of("live-response.tenant.NAME.api-url", API_URL, null, "The Defender API; default that of the cloud and region."),
            Setting.of("live-response.tenant.NAME.api-version", VERSION, null,
                    "The version of the API that every call names; without it the latest one answers."),
            Setting.of("live-response.tenant.NAME.federated-token-file", PATH, null,
                    "The file of the OIDC token that credential federated-token-file signs in with; read again for each sign-in."),
            Setting.of("live-response.tenant.NAME.federated-client-id", TEXT, null,
                    "The client id of a user-assigned identity for credential federated-managed-identity; default the system-assigned one."),
            Setting.of("live-response.tenant.NAME.authority-host", AUTHORITY, null, "The sign-in host; default that of the cloud."),
            Setting.of("live-response.tenant.NAME.scope", TEXT, null,
                    "The scope of the token; default that of the cloud, which names the old host of the API even if the new host is called."),

            Setting.of("live-response.quota.per-minute", INTEGER, "100", "Link calls that a tenant may make in minute-period."),
            Setting.of("live-response.quota.per-hour", INTEGER, "1500", "Link calls that a tenant may make in hour-period."),
            Setting.of("live-response.quota.minute-period", DURATION, "62s",
                    "The minute window, padded so that jitter never puts two bursts into one minute."),
            Setting.of("live-response.quota.hour-period", DURATION, "3650s", "The hour window, padded in the same way."),

            Setting.of("live-response.link.allowed-hosts", HOSTS,
                    Stream.of(Cloud.values()).map(Cloud::blobHosts).distinct().collect(Collectors.joining(",")),
                    "The hosts that a download link may name; the bundle sends nothing to others."),
            Setting.choice("live-response.link.allowed-schemes", CHOICES, "https", List.of("https", "http"),
                    "The schemes that a download link may have; use http only for a store on this machine."),
            Setting.of("live-response.link.expiry-margin", DURATION, "1m",
                    "A link is refreshed when it is this close to expiry."),

            Setting.of("live-response.result.max-bytes", BYTES, "8GB",
                    "A larger blob is refused, so that no device can fill the disk."),
            Setting.of("live-response.result.max-transcript-bytes", BYTES, "512MB",
                    "The largest unpacked transcript that is read; a larger one is unreadable."),

            Setting.of("live-response.http.connect-timeout", INTEGER, "10000",
                    "The connect time-out of API, blob store and sinks, in milliseconds."),
            Setting.of("live-response.http.response-timeout", INTEGER, "60000",
                    "The time-out for the next bytes of a response, in milliseconds."),
            Setting.of("live-response.tls.trust-store", PATH, null,
                    "A PEM, PKCS12 or JKS file with the authorities to trust, for a private one or a TLS-inspecting proxy; default Java's own."),
            Setting.secret("live-response.tls.trust-store-password", "The password of the trust store."),

            Setting.of("live-response.proxy.url", PROXY_URL, null,
                    "The HTTP proxy for sign-in, API, blob store and ticket system, such as http://proxy.example.org:3128; without it HTTPS_PROXY"
                            + " is used for sign-in only."),
            Setting.of("live-response.proxy.user", TEXT, null, "The login name at the proxy, if it requires one."),
            Setting.secret("live-response.proxy.password", "The password at the proxy."),
            Setting.of("live-response.proxy.no-proxy", NO_PROXY, null, "Hosts that are called without the proxy."),

            Setting.of("live-response.log.level", LEVEL, "info", "The level of the log of the standalone runtime."),
            Setting.choice("live-response.log.format", CHOICE, "text", List.of("text", "json"),
                    "The form of a line of the log of the standalone runtime."),

            Setting.of("live-response.retry.attempts", INTEGER, "8", "The attempts at one stage before a request is dead-lettered."),
            Setting.of("live-response.retry.claims", INTEGER, "20",
                    "How often a request may be claimed without any progress, as if its process ends each time, before it is dead-lettered. From the"
                            + " third time on it waits, at last a minute, so that others are worked on and a series of restarts costs it little."),
            Setting.of("live-response.retry.delay", INTEGER, "2000",
                    "The first backoff, in milliseconds; it doubles each time, with jitter."),
            Setting.of("live-response.retry.max-delay", INTEGER, "300000", "The longest backoff, in milliseconds."),
            Setting.of("live-response.retry.grace", DURATION, "3h",
                    "How long a 404 or 409 of the API counts as an action that has not ended."),

            Setting.of("live-response.intake.inbox.enabled", FLAG, "false",
                    "Whether requests are read from files in a directory."),
            Setting.of("live-response.intake.inbox.directory", PATH, "{{live-response.data-directory}}/inbox",
                    "The directory that is polled for files of requests."),

            Setting.of("live-response.intake.rejected-directory", PATH, null,
                    "Where inbox and JMS write invalid entries, with the reason; default rejected beside the inbox, and for JMS in the data directory."),
            Setting.of("live-response.intake.max-entry-size", INTEGER, "65536",
                    "The longest line, CSV row or JSON element that is read as a request, in characters; a longer one is rejected."),
            Setting.of("live-response.intake.http.enabled", FLAG, "false", "Whether requests are accepted by POST /requests."),
            Setting.of("live-response.intake.http.host", HOST, "127.0.0.1", "The address to listen on; put TLS in front of any other."),
            Setting.of("live-response.intake.http.port", PORT, "8777", "The port to listen on."),
            Setting.secret("live-response.intake.http.api-key",
                    "What callers send as the header X-API-Key; if it is not set, a key is generated at the first start, shown once and"
                            + " kept in intake-http.key in the data directory."),
            Setting.of("live-response.intake.http.max-bytes", INTEGER, "1048576", "A larger body is refused, in bytes."),
            Setting.of("live-response.intake.jms.enabled", FLAG, "false", "Whether requests are read from a queue."),
            Setting.of("live-response.intake.jms.url", TEXT, null,
                    "The broker, by AMQP 1.0, such as amqps://broker:5671; for any other protocol bind a connection factory as"
                            + " liveResponseJmsConnectionFactory instead."),
            Setting.of("live-response.intake.jms.user", TEXT, null, "The login name, if the broker requires one."),
            Setting.secret("live-response.intake.jms.password", "The password of that login."),
            Setting.of("live-response.intake.jms.queue", TEXT, "live-response.requests", "The queue."),
            Setting.of("live-response.intake.discovery.enabled", FLAG, "false",
                    "Whether the live response actions of the tenants are listed and their results fetched without a request."),
            Setting.of("live-response.intake.discovery.period", DURATION, "2m", "How often the actions are listed."),
            Setting.of("live-response.intake.discovery.lookback", DURATION, "3d",
                    "The age up to which an action is found; make it longer than any downtime of the service."),
            Setting.of("live-response.action.look-up", FLAG, "true",
                    "Whether the action of a request that came with ids alone is looked up, by one call for all its commands, so that"
                            + " files are told from transcripts, and mails, tickets and lists name device, requestor and comment."),
            Setting.of("live-response.action.period", DURATION, "30s",
                    "How often a running action is polled at first; later less often, at each tenth of its age."),
            Setting.of("live-response.action.give-up", DURATION, "7d", "The age at which a running action is no longer polled."),

            Setting.of("live-response.page.enabled", FLAG, "true",
                    "Whether the standalone runtime serves the status page on the management port (camel.management.enabled)."),
            Setting.secret("live-response.page.key",
                    "What a visitor of the status page from another machine has to know; without it the page is served to this machine only."),

            Setting.of("live-response.run.per-minute", INTEGER, "10", "Live responses that a tenant may start in minute-period."),
            Setting.of("live-response.run.minute-period", DURATION, "62s", "The minute window of starts, padded like that of the quota."),
            Setting.of("live-response.run.sessions", INTEGER, "50",
                    "Live responses of a tenant that may be open at once, those that wait for their device included."),
            Setting.of("live-response.run.pending-budget", INTEGER, "25",
                    "How many of the sessions may be taken by devices that are away while others wait to be started; above it the oldest is"
                            + " cancelled and queued again."),
            Setting.of("live-response.run.pending-after", DURATION, "5m",
                    "How long an action is pending before its device counts as away."),
            Setting.of("live-response.run.retry-delay", DURATION, "5m",
                    "How long a device that is away or busy waits in the queue before it is started again."),
            Setting.of("live-response.run.deadline", DURATION, "24h", "The deadline of a run that names none, from its start."),
            Setting.of("live-response.run.confirm-above", INTEGER, "20", "runs start asks for --yes if a run has more devices."),
            Setting.of("live-response.run.look-up", DURATION, "5m",
                    "How long an action whose start was not answered is looked for, before its device ends as unknown; fresh actions are not listed for"
                            + " up to 3 minutes."),
            Setting.of("live-response.run.period", DURATION, "1s",
                    "How often the service looks for devices to start and for runs that have ended."),
            Setting.of("live-response.run.follow-period", DURATION, "30s", "How often the actions of runs are listed, one list a tenant."),
            Setting.of("live-response.run.external-id", FLAG, "true",
                    "Whether a start call also sends the key of its comment as ExternalID, by which its action can be found."),

            Setting.of("live-response.retention.bytes", DURATION, "7d",
                    "How long the bytes of delivered results stay in the spool, for replays. A long time such as 36500d keeps them for ever;"
                            + " likewise below."),
            Setting.of("live-response.retention.accepted", DURATION, "7d",
                    "How long files of requests stay in accepted beside the inbox, after all their requests are in the ledger."),
            Setting.of("live-response.retention.results", DURATION, null,
                    "How long delivered files stay in the results directory; default for ever. The records results-DATE.jsonl stay."),
            Setting.of("live-response.retention.delivered", DURATION, "90d",
                    "How long the ledger remembers delivered requests, so that the same request is delivered once; never shorter than"
                            + " discovery looks back."),
            Setting.of("live-response.retention.dead", DURATION, "180d",
                    "How long the ledger keeps dead-lettered requests and their bytes, for replays; never shorter than discovery looks back."),
            Setting.of("live-response.retention.period", DURATION, "1h", "How often expired data is removed."),
            Setting.of("live-response.retention.min-free", BYTES, "256MB",
                    "The space that stays free in the data and results directories: while less is free nothing is claimed, and readiness is down."),

            Setting.of("live-response.worker.enabled", FLAG, "false",
                    "Whether the ledger and the worker run here; on in the standalone runtime, off in an embedding host."),
            Setting.of("live-response.worker.period", INTEGER, "250", "How often the worker claims due requests, in milliseconds."),
            Setting.of("live-response.worker.concurrency", INTEGER, "8", "The number of results that are fetched at the same time."));

    private static final List<Setting> ALL = Stream.of(BEFORE_DELIVERY, DeliverySettings.ALL, RowSettings.ALL).flatMap(List::stream)
            .toList();

    private static final Map<String, Setting> BY_NAME = ALL.stream()
            .flatMap(setting -> Stream.concat(Stream.of(setting), setting.inFile().stream()))
            .collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    private SettingCatalog() {
    }

    public static List<Setting> all() {
        return ALL;
    }

    /** Every key that may be given if these are the tenants, the files of secrets included. */
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
