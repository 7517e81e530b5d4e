package io.liveresponse.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.Result;
import io.liveresponse.rows.SinkDouble.Answer;
import io.liveresponse.rows.SinkDouble.Call;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The evidence sinks with the vendors' own clients, against doubles of their stores. */
@Tag("integration")
class EvidenceSinksTest {

    @TempDir
    Path directory;

    private RowsContext rows;
    private SinkDouble store;

    @BeforeEach
    void prepare() throws Exception {
        rows = new RowsContext(directory);
        store = new SinkDouble(call -> new Answer(201, ""));
    }

    @AfterEach
    void stop() {
        rows.close();
        store.close();
    }

    @Test
    void the_bytes_as_received_go_to_azure_under_the_results_own_name_however_often_it_is_delivered() throws Exception {
        rows.set("live-response.rows.azure-blob.enabled", true);
        rows.set("live-response.rows.azure-blob.account", "account");
        rows.bind("blobs", new BlobServiceClientBuilder().endpoint(store.url() + "/account")
                .credential(new StorageSharedKeyCredential("account", "a2V5")).httpClient(new JdkHttpClientBuilder().build())
                .buildClient());
        CamelContext context = rows.start("azure-blob");
        Result result = rows.result(1, "a.ps1", "x");
        for (int i = 0; i < 2; i++) {
            deliver(context, "azure-blob", result);
        }

        String name = "contoso/ws-1/" + result.machineActionId() + "/0.transcript.json";
        List<Call> puts = store.calls.stream().filter(call -> call.method().equals("PUT")).toList();
        assertThat(puts).hasSize(2).allSatisfy(call -> {
            assertThat(call.target()).startsWith("/account/live-response/").contains(name.replace("/", "%2F"));
            assertThat(call.body()).isEqualTo(Files.readString(result.blob().path()));
            assertThat(call.headers().keySet()).noneMatch(header -> header.equalsIgnoreCase("X-From-Outside"));
        });
    }

    @Test
    void the_bytes_as_received_go_to_s3_under_the_results_own_name() throws Exception {
        rows.set("live-response.rows.s3.enabled", true);
        rows.set("live-response.rows.s3.bucket", "evidence");
        rows.bind("s3", S3Client.builder().endpointOverride(URI.create(store.url())).forcePathStyle(true).region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key"))).build());
        store.answer(call -> new Answer(200, ""));
        CamelContext context = rows.start("s3");
        Result result = rows.result(1, "a.ps1", "x");
        deliver(context, "s3", result);

        List<Call> puts = store.calls.stream().filter(call -> call.method().equals("PUT")).toList();
        assertThat(puts).hasSize(1);
        assertThat(puts.get(0).target()).isEqualTo("/evidence/contoso/ws-1/" + result.machineActionId() + "/0.transcript.json");
        assertThat(puts.get(0).body()).contains(Files.readString(result.blob().path()));
    }

    @Test
    void a_result_without_bytes_is_not_uploaded_and_passes() throws Exception {
        rows.set("live-response.rows.s3.enabled", true);
        rows.set("live-response.rows.s3.bucket", "evidence");
        rows.bind("s3", S3Client.builder().endpointOverride(URI.create(store.url())).forcePathStyle(true).region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key"))).build());
        CamelContext context = rows.start("s3");
        Exchange exchange = context.createProducerTemplate().request("direct:live-response-to-s3",
                each -> each.getMessage().setBody(RowsContext.withoutAnswer(1, "a.ps1", Outcome.ACTION_FAILED)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getVariable("liveResponseReference")).isNull();
        assertThat(store.calls.stream().filter(call -> call.method().equals("PUT"))).isEmpty();
    }

    private static void deliver(CamelContext context, String sink, Result result) {
        Exchange exchange = context.createProducerTemplate().request("direct:live-response-to-" + sink, each -> {
            each.getMessage().setBody(result);
            each.getMessage().setHeader("X-From-Outside", "1");
        });
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isSameAs(result);
        assertThat(exchange.getVariable("liveResponseReference", String.class)).startsWith("contoso/ws-1/");
    }
}
