package io.liveresponse.simulator;

import io.liveresponse.simulator.api.ActionEndpoint;
import io.liveresponse.simulator.api.Actions;
import io.liveresponse.simulator.api.ActionsEndpoint;
import io.liveresponse.simulator.api.ApiGate;
import io.liveresponse.simulator.api.CancelEndpoint;
import io.liveresponse.simulator.api.LibraryEndpoint;
import io.liveresponse.simulator.api.LibraryFiles;
import io.liveresponse.simulator.api.LinkEndpoint;
import io.liveresponse.simulator.api.Machines;
import io.liveresponse.simulator.api.MachinesEndpoint;
import io.liveresponse.simulator.api.QuotaWindows;
import io.liveresponse.simulator.api.RunEndpoint;
import io.liveresponse.simulator.api.Runs;
import io.liveresponse.simulator.api.SimulatorQuota;
import io.liveresponse.simulator.http.Endpoint;
import io.liveresponse.simulator.http.EndpointServer;
import io.liveresponse.simulator.http.Faults;
import io.liveresponse.simulator.http.Host;
import io.liveresponse.simulator.http.Journal;
import io.liveresponse.simulator.http.ReplyWriter;
import io.liveresponse.simulator.scenario.Scenario;
import io.liveresponse.simulator.scenario.ScenarioRuns;
import io.liveresponse.simulator.scenario.SimulatorTenant;
import io.liveresponse.simulator.signin.AccessTokens;
import io.liveresponse.simulator.signin.ClientCertificates;
import io.liveresponse.simulator.signin.MetadataEndpoint;
import io.liveresponse.simulator.signin.PrivateAuthority;
import io.liveresponse.simulator.signin.TokenEndpoint;
import io.liveresponse.simulator.sink.ElasticsearchBulk;
import io.liveresponse.simulator.sink.SentinelIngestion;
import io.liveresponse.simulator.sink.SplunkCollector;
import io.liveresponse.simulator.store.BlobEndpoint;
import io.liveresponse.simulator.store.Blobs;
import io.liveresponse.simulator.store.SignedLinks;
import io.liveresponse.simulator.ticket.Jira;
import io.liveresponse.simulator.ticket.ServiceNow;
import io.liveresponse.simulator.ticket.TicketLogin;
import io.liveresponse.simulator.ticket.TicketSystem;
import io.liveresponse.simulator.ticket.WebhookTicketSystem;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The sign-in service, the Defender API, the blob store, a ticket system and, if wanted, a mail server, each on a port of its
 * own. Thread-safe. Closing it drops every connection, held ones too.
 */
public final class Simulator implements AutoCloseable {

    private static final int EVENT_LOOPS = 4;
    private static final int TOKEN_BYTES = 16;

    private final SimulatorOptions options;
    private final Path trustStore;
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final ClientCertificates certificates = new ClientCertificates();
    private final Blobs blobs = new Blobs();
    private final LibraryFiles library;
    private final Machines machines;
    private final Runs runs;
    private final Actions actions;
    private final AccessTokens tokens;
    private final WebhookTicketSystem ticketSystem;
    private final ServiceNow serviceNow;
    private final Jira jira;
    private final SplunkCollector splunk;
    private final SentinelIngestion sentinel;
    private final ElasticsearchBulk elasticsearch;
    private final Vertx vertx;
    private final Map<Host, URI> urls = new ConcurrentHashMap<>();
    private final MailServer mail;

    private Simulator(SimulatorOptions options) throws IOException {
        this.options = options;
        Files.createDirectories(options.workDirectory());
        PrivateAuthority authority = new PrivateAuthority();
        trustStore = options.workDirectory().resolve("simulator-trust.pem").toAbsolutePath();
        authority.writeTrustStore(trustStore);
        Scenario scenario = options.scenario();
        library = new LibraryFiles(options.clock());
        scenario.library().forEach(library::put);
        machines = new Machines(options.clock(), faults);
        scenario.allDevices().forEach(machines::put);
        runs = new Runs(options.clock(), scenario.runs(), library, blobs);
        actions = new Actions(options.clock(), faults, blobs, runs);
        scenario.actions().forEach(actions::put);
        scenario.faults().forEach(fault -> faults.on(fault.at()).next(fault.times(), fault.fault()));
        tokens = new AccessTokens(options.clock(), options.tokenLifetime());
        TicketLogin login = new TicketLogin(randomToken());
        ticketSystem = new WebhookTicketSystem(options.clock(), login.secret());
        serviceNow = new ServiceNow(options.clock(), login);
        jira = new Jira(options.clock(), login);
        splunk = new SplunkCollector(options.clock(), randomToken());
        sentinel = new SentinelIngestion(tokens);
        elasticsearch = new ElasticsearchBulk(randomToken());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS).setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        try {
            listen(authority);
            mail = options.mail() ? new MailServer(options.bindAddress(), options.ports().mail()) : null;
        } catch (RuntimeException e) {
            closeServers();
            throw e;
        }
    }

    /** @throws IOException if the work directory cannot be written */
    public static Simulator start(SimulatorOptions options) throws IOException {
        return new Simulator(options);
    }

    private void listen(PrivateAuthority authority) {
        Set<String> names = new LinkedHashSet<>(List.of(options.publicHost(), "localhost"));
        KeyCertOptions keys = KeyCertOptions.wrap(authority.serverKeys(List.copyOf(names)));
        Map<String, SimulatorTenant> tenants = options.scenario().tenants().stream()
                .collect(Collectors.toUnmodifiableMap(SimulatorTenant::tenantId, Function.identity()));
        ScenarioRuns scenario = options.scenario().runs();
        SignedLinks links = new SignedLinks(options.clock(), options.linkLifetime(), this::blobUrl);
        ApiGate gate = new ApiGate(tenants, tokens, new QuotaWindows(options.clock(), options.quota(),
                SimulatorQuota.of(scenario.calls(), scenario.scaled(scenario.period()))));
        Supplier<URI> api = this::apiUrl;
        SimulatorPorts ports = options.ports();
        boolean plain = options.plainHttp();
        serve(Host.AUTHORITY, ports.authority(), false, keys, List.of(
                new TokenEndpoint(tenants, tokens, certificates), new MetadataEndpoint(tenants, this::authorityHost)));
        serve(Host.BLOB, ports.blob(), plain, keys, List.of(new BlobEndpoint(blobs, links)));
        serve(Host.API, ports.api(), plain, keys, List.of(new LinkEndpoint(gate, actions, links, api),
                new ActionEndpoint(gate, actions, api),
                new ActionsEndpoint(gate, actions, api, options.pageSize(), scenario.refusedFilters()),
                new RunEndpoint(gate, machines, runs), new CancelEndpoint(gate, actions),
                new MachinesEndpoint(gate, machines, api, options.pageSize()), new LibraryEndpoint(gate, library, api)));
        serve(Host.TICKET, ports.ticket(), false, keys, List.of(ticketSystem, serviceNow, jira));
        serve(Host.SINK, ports.sink(), false, keys, List.of(splunk, sentinel, elasticsearch));
        serve(Host.JOURNAL, ports.journal(), true, keys, List.of(new JournalEndpoint(journal, runs)));
    }

    private void serve(Host host, int port, boolean plain, KeyCertOptions keys, List<Endpoint> endpoints) {
        HttpServerOptions http = new HttpServerOptions().setHost(options.bindAddress()).setPort(port);
        if (!plain) {
            http.setSsl(true).setKeyCertOptions(keys);
        }
        int bound = new EndpointServer(host, options.clock(), host == Host.JOURNAL ? new Journal() : journal, faults, endpoints,
                new ReplyWriter(vertx)).start(vertx, http);
        urls.put(host, URI.create((plain ? "http" : "https") + "://" + options.publicHost() + ":" + bound));
    }

    /** Where tokens come from; always https. */
    public URI authorityHost() {
        return urls.get(Host.AUTHORITY);
    }

    /** The API's base, without {@code /api}. */
    public URI apiUrl() {
        return urls.get(Host.API);
    }

    public URI blobUrl() {
        return urls.get(Host.BLOB);
    }

    /** The ticket system's base, without {@code /tickets}. */
    public URI ticketUrl() {
        return urls.get(Host.TICKET);
    }

    /** The journal over plain HTTP: {@code GET /journal} and {@code GET /journal/calls}. */
    public URI journalUrl() {
        return urls.get(Host.JOURNAL);
    }

    /** A PEM file with the authority that all servers' certificates come from. */
    public Path trustStore() {
        return trustStore;
    }

    public String mailHost() {
        return options.publicHost();
    }

    /** @throws IllegalStateException if the options ask for no mail server */
    public int mailPort() {
        return mail().port();
    }

    /** The messages received so far. */
    public List<MimeMessage> mails() {
        return mail().messages();
    }

    public Journal journal() {
        return journal;
    }

    public Faults faults() {
        return faults;
    }

    /** What was started, and what ran where. */
    public Runs runs() {
        return runs;
    }

    public Machines machines() {
        return machines;
    }

    public LibraryFiles library() {
        return library;
    }

    public Actions actions() {
        return actions;
    }

    public WebhookTicketSystem ticketSystem() {
        return ticketSystem;
    }

    public TicketSystem ticketSystem(TicketSystem.Kind kind) {
        return switch (kind) {
            case WEBHOOK -> ticketSystem;
            case SERVICENOW -> serviceNow;
            case JIRA -> jira;
        };
    }

    /** The base of Splunk, Sentinel and Elasticsearch. */
    public URI sinkUrl() {
        return urls.get(Host.SINK);
    }

    public SplunkCollector splunk() {
        return splunk;
    }

    public SentinelIngestion sentinel() {
        return sentinel;
    }

    public ElasticsearchBulk elasticsearch() {
        return elasticsearch;
    }

    public ServiceNow serviceNow() {
        return serviceNow;
    }

    public Jira jira() {
        return jira;
    }

    /** From now on the API answers 401 to every token issued so far. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /**
     * Registers a new certificate with a tenant's app and writes it with its private key as PEM, for
     * {@code live-response.tenant.NAME.certificate-path}.
     */
    public Path clientCertificate(String tenantName) throws IOException {
        SimulatorTenant tenant = options.scenario().tenants().stream().filter(known -> known.name().equals(tenantName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such tenant: " + tenantName));
        Path pem = options.workDirectory().resolve(tenantName + "-client.pem").toAbsolutePath();
        certificates.register(tenant, pem);
        return pem;
    }

    /** The {@code live-response.*} settings that point the product here. Holds secrets. */
    public Map<String, String> settings() {
        return settings(TicketSystem.Kind.WEBHOOK);
    }

    /** The same with this kind of ticket system. */
    public Map<String, String> settings(TicketSystem.Kind kind) {
        return new SimulatorSettings(options).of(this, ticketSystem(kind).settings(ticketUrl().toString()));
    }

    private MailServer mail() {
        if (mail == null) {
            throw new IllegalStateException("the simulator was started without a mail server");
        }
        return mail;
    }

    private static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "ticket-" + HexFormat.of().formatHex(bytes);
    }

    private void closeServers() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        closeServers();
        if (mail != null) {
            mail.close();
        }
    }
}
