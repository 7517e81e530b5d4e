import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.model.Result;
import io.liveresponse.settings.TrustStoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Fetches one result again and again in a JVM of its own: with HttpClient 5 alone, the two calls, a hash, and one synced file for each
 * result, or by the embedded chain. Arguments: {@code bare|chain SETTINGS DIRECTORY THREADS WARM-UP COUNT MACHINE-ACTION-ID}.
 */
public final class Fetch {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "tenant-0";

    private Fetch() {
    }

    public static void main(String[] arguments) throws Exception {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[1]))) {
            settings.load(in);
        }
        Path directory = Files.createDirectories(Path.of(arguments[2]));
        settings.put("live-response.data-directory", directory.toString());
        int threads = Integer.parseInt(arguments[3]);
        Callable<?> one = arguments[0].equals("bare") ? bare(settings, directory, arguments[6]) : chain(settings, arguments[6]);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        run(pool, threads, Integer.parseInt(arguments[4]), one);
        int count = Integer.parseInt(arguments[5]);
        long cpu = cpuNanos();
        long start = System.nanoTime();
        run(pool, threads, count, one);
        System.out.println("RESULT " + (System.nanoTime() - start) + " " + (cpuNanos() - cpu));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void run(ExecutorService pool, int threads, int count, Callable<?> one) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(pool.submit(() -> {
                while (left.getAndDecrement() > 0) {
                    one.call();
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Callable<?> chain(Properties settings, String action) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setInitialProperties(settings);
        PluginHelper.getRoutesLoader(camel).loadRoutes(
                PluginHelper.getPackageScanResourceResolver(camel).findResources("classpath:camel/**/*.camel.yaml"));
        camel.start();
        ProducerTemplate producer = camel.createProducerTemplate();
        Map<String, Object> request = Map.of("tenant", TENANT, "machineActionId", action, "commandIndex", 0);
        return () -> producer.requestBody("direct:live-response-fetch-result", request, Result.class);
    }

    private static Callable<?> bare(Properties settings, Path directory, String action) throws Exception {
        CloseableHttpClient http = client(settings);
        String prefix = "live-response.tenant." + TENANT + ".";
        HttpPost signIn = new HttpPost(settings.getProperty(prefix + "authority-host") + "/" + settings.getProperty(prefix + "tenant-id")
                + "/oauth2/v2.0/token");
        signIn.setEntity(new UrlEncodedFormEntity(List.of(new BasicNameValuePair("grant_type", "client_credentials"),
                new BasicNameValuePair("client_id", settings.getProperty(prefix + "client-id")),
                new BasicNameValuePair("client_secret", settings.getProperty(prefix + "client-secret")),
                new BasicNameValuePair("scope", settings.getProperty(prefix + "scope")))));
        String token = json(http, signIn, "access_token");
        String link = settings.getProperty(prefix + "api-url") + "/api/machineactions/" + action
                + "/GetLiveResponseResultDownloadLink(index=0)";
        AtomicInteger files = new AtomicInteger();
        return () -> {
            HttpGet call = new HttpGet(link);
            call.setHeader("Authorization", "Bearer " + token);
            HttpGet blob = new HttpGet(json(http, call, "value"));
            Path file = directory.resolve(files.incrementAndGet() + ".bin");
            return http.execute(blob, answer -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                        DigestOutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256())) {
                    answer.getEntity().writeTo(out);
                    channel.force(true);
                    return HexFormat.of().formatHex(out.getMessageDigest().digest());
                }
            });
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CloseableHttpClient client(Properties settings) throws Exception {
        KeyStore trusted = TrustStoreFile.load(Path.of(settings.getProperty("live-response.tls.trust-store")), null);
        return HttpClients.custom().setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(SSLContexts.custom().loadTrustMaterial(trusted, null).build()))
                .setMaxConnTotal(64).setMaxConnPerRoute(64).build()).build();
    }

    private static String json(CloseableHttpClient http, ClassicHttpRequest request, String field) throws IOException {
        return http.execute(request, answer -> {
            try (InputStream in = answer.getEntity().getContent()) {
                return JSON.readTree(in).path(field).asText();
            }
        });
    }
}
