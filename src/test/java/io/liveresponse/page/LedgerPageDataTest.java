package io.liveresponse.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.liveresponse.ledger.FetchedFacts;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.ledger.LedgerAddress;
import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.ledger.NewRequest;
import io.liveresponse.ledger.NewRun;
import io.liveresponse.ledger.Quota;
import io.liveresponse.ledger.RequestError;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import io.liveresponse.model.ResultKey;
import io.liveresponse.model.Stage;
import io.liveresponse.page.View.FlowEdge;
import io.liveresponse.page.View.RequestDetail;
import io.liveresponse.page.View.Tenant;
import io.liveresponse.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says of a real ledger and of a running context. */
class LedgerPageDataTest {

    private static final Duration LEASE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private LedgerDatabase database;
    private Ledger ledger;
    private LedgerPageData data;

    @BeforeEach
    void open() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one").routeId("one").to("direct:shared").to("direct:shared");
                from("direct:two").routeId("two").choice().when(body().isNull()).to("direct:shared");
                from("direct:shared").routeId("shared").log("called");
            }
        });
        context.start();
        database = LedgerDatabase.open(LedgerAddress.inDirectory(directory.resolve("ledger")));
        ledger = new Ledger(database, Clock.systemUTC(), Quota.of(Settings.of(Map.of())));
        data = new LedgerPageData(context, ledger, Map.of("contoso", "contoso", "fabrikam", "fabrikam"), () -> null,
                Files.createDirectories(directory.resolve("results")), key -> Optional.empty(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
        context.stop();
    }

    @Test
    void the_overview_counts_each_tenants_requests_by_state_and_names_what_needs_a_person() {
        for (int number = 0; number < 5; number++) {
            ledger.intake().accept(NewRequest.of(key(number)));
        }
        List<ResultKey> claimed = ledger.queue().claim("node", LEASE, 4).stream().map(request -> request.key()).toList();
        ledger.settlement().fetched(claimed.get(0), "node", facts());
        ledger.settlement().delivered(claimed.get(0), "file", "reference");
        ledger.settlement().settleDelivered(claimed.get(0), "node");
        ledger.settlement().dead(claimed.get(1), "node",
                new RequestError(Stage.LINK, FailureCode.LINK_FORBIDDEN, "the API answers 403; grant Machine.ReadWrite.All", null));
        ledger.settlement().fetched(claimed.get(2), "node", facts());
        ledger.settlement().retryAt(claimed.get(2), "node", Instant.now(),
                new RequestError(Stage.DELIVER, FailureCode.DELIVERY_UNAVAILABLE, "503", null));

        assertThat(data.overview().tenants()).extracting(Tenant::name, Tenant::due, Tenant::claimed, Tenant::delivered, Tenant::dead,
                Tenant::backlog).containsExactly(tuple("contoso", 2L, 1L, 1L, 1L, 1L),
                        tuple("fabrikam", 0L, 0L, 0L, 0L, 0L));
        assertThat(data.overview().attention()).singleElement().satisfies(attention -> {
            assertThat(attention.kind()).isEqualTo("dead");
            assertThat(attention.query()).isEqualTo("state=dead&tenant=contoso");
        });
        assertThat(data.overview().outcomes()).extracting(View.OutcomeCount::outcome, View.OutcomeCount::results)
                .containsExactly(tuple("succeeded", 1L));
        assertThat(data.overview().estimatedEnd()).isNotNull();
        assertThat(data.request(claimed.get(1))).map(RequestDetail::errorText)
                .hasValue("the API answers 403; grant Machine.ReadWrite.All");
    }

    @Test
    void each_call_between_routes_is_counted_on_its_own_edge() {
        context.createFluentProducerTemplate().to("direct:one").withBody("x").send();
        context.createFluentProducerTemplate().to("direct:two").withBody("x").send();

        assertThat(data.flow().edges()).containsExactlyInAnyOrder(new FlowEdge("one", "shared", 2), new FlowEdge("two", "shared", 0));
    }

    @Test
    void a_run_shows_its_first_1000_devices_and_says_how_many_more_there_are() {
        String run = "11111111-2222-4333-8444-555555555555";
        ledger.runs().add(new NewRun(run, "contoso", "[]", "a.ps1", null, "weekly check", Instant.now().plus(Duration.ofHours(4)),
                IntStream.rangeClosed(1, 1_002).mapToObj(number -> new NewRun.Device(String.format("%040x", number), "pc-" + number, null))
                        .toList()));

        View.RunDetail detail = data.run(run).orElseThrow();

        assertThat(detail.table()).hasSize(1_000).last().extracting(View.DeviceRow::device).isEqualTo("pc-1000");
        assertThat(detail.run().devices()).isEqualTo(1_002);
        assertThat(detail.more()).isEqualTo(2);
    }

    @Test
    void only_a_delivered_file_below_the_results_directory_is_readable() throws IOException {
        Path delivered = Files.writeString(directory.resolve("results/0.txt"), "output");
        Path other = Files.writeString(directory.resolve("secret.txt"), "secret");
        ledger.intake().accept(NewRequest.of(key(1)));
        ledger.settlement().delivered(key(1), "file", delivered.toString());
        ledger.settlement().delivered(key(1), "other", other.toString());
        ledger.settlement().delivered(key(1), "escape", directory.resolve("results/../secret.txt").toString());
        ledger.settlement().delivered(key(1), "ticket", "INC\u0000");

        assertThat(data.file(key(1), "file")).hasValue(delivered.toRealPath());
        assertThat(data.file(key(1), "other")).isEmpty();
        assertThat(data.file(key(1), "escape")).isEmpty();
        assertThat(data.file(key(1), "ticket")).isEmpty();
        assertThat(data.request(key(1)).orElseThrow().deliveries()).filteredOn(View.Delivered::readable)
                .extracting(View.Delivered::sink).containsExactly("file");
    }

    private static ResultKey key(int number) {
        return new ResultKey("contoso", new UUID(0, number).toString(), 0);
    }

    private static FetchedFacts facts() {
        return new FetchedFacts(Outcome.SUCCEEDED, 0, "collect.ps1", "ab".repeat(32), 12L, null, null, Instant.now());
    }
}
