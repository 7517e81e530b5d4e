package io.liveresponse.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
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
 * The sign-in service, the Defender API, the blob store, a ticket desk and, if wanted, a mail server, each on a port of its
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
    private final Actions actions;
    private final AccessTokens tokens;
    private final TicketDesk desk;
    private final ServiceNowDesk serviceNow;
    private final JiraDesk jira;
    private final Vertx vertx;
    private final Map<Host, URI> urls = new ConcurrentHashMap<>();
    private final MailServer mail;

    private Simulator(SimulatorOptions options) throws IOException {
        this.options = options;
        Files.createDirectories(options.workDirectory());
        PrivateAuthority authority = new PrivateAuthority();
        trustStore = options.workDirectory().resolve("simulator-trust.p12").toAbsolutePath();
        authority.writeTrustStore(trustStore);
        actions = new Actions(options.clock(), faults);
        options.scenario().actions().forEach(actions::put);
        tokens = new AccessTokens(options.clock(), options.tokenLifetime());
        DeskLogin login = new DeskLogin(randomToken());
        desk = new TicketDesk(options.clock(), login.secret());
        serviceNow = new ServiceNowDesk(options.clock(), login);
        jira = new JiraDesk(options.clock(), login);
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

    /** @throws IOException where the work directory cannot be written */
    public static Simulator start(SimulatorOptions options) throws IOException {
        return new Simulator(options);
    }

    private void listen(PrivateAuthority authority) {
        Set<String> names = new LinkedHashSet<>(List.of(options.publicHost(), "localhost"));
        Buffer keyStore = Buffer.buffer(authority.serverKeyStore(List.copyOf(names)));
        Map<String, SimulatorTenant> tenants = options.scenario().tenants().stream()
                .collect(Collectors.toUnmodifiableMap(SimulatorTenant::tenantId, Function.identity()));
        SignedLinks links = new SignedLinks(options.clock(), options.linkLifetime(), this::blobUrl);
        ApiGate gate = new ApiGate(tenants, tokens, new QuotaWindows(options.clock(), options.quota()));
        Supplier<URI> api = this::apiUrl;
        SimulatorPorts ports = options.ports();
        boolean plain = options.plainHttp();
        serve(Host.AUTHORITY, ports.authority(), false, keyStore, List.of(
                new TokenEndpoint(tenants, tokens, certificates), new MetadataEndpoint(tenants, this::authorityHost)));
        serve(Host.BLOB, ports.blob(), plain, keyStore, List.of(new BlobEndpoint(actions, links)));
        serve(Host.API, ports.api(), plain, keyStore, List.of(new LinkEndpoint(gate, actions, links, api),
                new ActionEndpoint(gate, actions, api), new ActionsEndpoint(gate, actions, api, options.pageSize())));
        serve(Host.DESK, ports.desk(), false, keyStore, List.of(desk, serviceNow, jira));
    }

    private void serve(Host host, int port, boolean plain, Buffer keyStore, List<Endpoint> endpoints) {
        HttpServerOptions http = new HttpServerOptions().setHost(options.bindAddress()).setPort(port);
        if (!plain) {
            http.setSsl(true).setKeyCertOptions(new PfxOptions().setValue(keyStore).setPassword(PrivateAuthority.STORE_PASSWORD));
        }
        int bound = new EndpointServer(host, options.clock(), journal, faults, endpoints, new ReplyWriter(vertx)).start(vertx, http);
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

    /** The desk's base, without {@code /tickets}. */
    public URI deskUrl() {
        return urls.get(Host.DESK);
    }

    /** A PKCS12 file with the authority that all servers' certificates come from. */
    public Path trustStore() {
        return trustStore;
    }

    public String trustStorePassword() {
        return PrivateAuthority.STORE_PASSWORD;
    }

    public String mailHost() {
        return options.publicHost();
    }

    /** @throws IllegalStateException where the options ask for no mail server */
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

    public Actions actions() {
        return actions;
    }

    public TicketDesk desk() {
        return desk;
    }

    public Desk desk(Desk.Kind kind) {
        return switch (kind) {
            case WEBHOOK -> desk;
            case SERVICENOW -> serviceNow;
            case JIRA -> jira;
        };
    }

    public ServiceNowDesk serviceNow() {
        return serviceNow;
    }

    public JiraDesk jira() {
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
        return settings(Desk.Kind.WEBHOOK);
    }

    /** The same with this kind of desk. */
    public Map<String, String> settings(Desk.Kind kind) {
        return new SimulatorSettings(options).of(this, desk(kind).settings(deskUrl().toString()));
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
        return "desk-" + HexFormat.of().formatHex(bytes);
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
