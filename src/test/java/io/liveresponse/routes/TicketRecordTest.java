package io.liveresponse.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.liveresponse.BundleRoutes;
import io.liveresponse.deliver.Deliveries;
import io.liveresponse.model.FailureCode;
import io.liveresponse.model.ResultKey;
import io.liveresponse.simulator.http.EndpointKind;
import io.liveresponse.simulator.http.Fault;
import io.liveresponse.simulator.ticket.TicketSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What a ticket system keeps of a ticket, what the user's own template says, and answers without end. */
class TicketRecordTest extends DeliverySupport {

    private static final String NUMBER = "INC0010001";

    private final List<String> delivered = new ArrayList<>();
    private String known;

    private void setUp(TicketSystem.Kind kind) throws Exception {
        startSimulator();
        simulator.settings(kind).forEach(this::set);
        set("live-response.retry.attempts", "1");
        beans.put("liveResponseDeliveries", new Deliveries() {
            @Override
            public boolean begin(ResultKey key, String sink, Object lease) {
                return true;
            }

            @Override
            public void delivered(ResultKey key, String sink, String reference) {
                delivered.add(reference);
            }

            @Override
            public void notSent(ResultKey key, String sink) {
                delivered.add("notSent");
            }

            @Override
            public Optional<String> reference(ResultKey key, String sink) {
                return Optional.ofNullable(known);
            }
        });
    }

    private Exchange deliver() throws Exception {
        return deliver("ticket", failed(), Map.of());
    }

    @Test
    void a_record_that_does_not_keep_its_correlation_id_fails_naming_the_acl_and_is_remembered() throws Exception {
        setUp(TicketSystem.Kind.SERVICENOW);
        start();
        simulator.faults().on(EndpointKind.TICKET)
                .once(Fault.answer(201, Map.of(), "{\"result\":{\"sys_id\":\"7\",\"number\":\"" + NUMBER + "\"}}"));

        Exchange exchange = deliver();

        assertThat(failure(exchange).getCode()).isEqualTo(FailureCode.DELIVERY_REFUSED);
        assertThat(failure(exchange)).hasMessageContainingAll(NUMBER, "correlation_id", "ACL", "live-response.deliver.ticket.table");
        assertThat(delivered).startsWith(NUMBER);
        assertThat(simulator.journal().count(EndpointKind.TICKET)).isOne();
    }

    @Test
    void a_replay_finds_the_record_by_its_stored_number_if_its_correlation_id_is_gone() throws Exception {
        setUp(TicketSystem.Kind.SERVICENOW);
        start();
        assertThat(deliver().getException()).isNull();
        String id = simulator.serviceNow().tickets().get(0).body().path("sys_id").asText();
        known = NUMBER;
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).once(Fault.answer(200, Map.of(),
                "{\"result\":[{\"sys_id\":\"" + id + "\",\"number\":\"" + NUMBER + "\"}]}"));

        assertThat(deliver().getException()).isNull();

        assertThat(simulator.serviceNow().tickets()).singleElement()
                .satisfies(ticket -> assertThat(ticket.body().path("work_notes")).hasSize(1));
        assertThat(simulator.journal().calls(EndpointKind.TICKET_LOOKUP).get(1).target())
                .contains("sysparm_query=number%3D" + NUMBER + "%5EORcorrelation_id%3D");
        assertThat(delivered).containsExactly(NUMBER, NUMBER);
    }

    @Test
    void a_ticket_has_the_fields_of_the_users_own_template() throws Exception {
        setUp(TicketSystem.Kind.JIRA);

        startIn(withTemplate("jira",
                """
                        {"fields": {"project": {"key": "SOC"}, "issuetype": {"name": "Bug"}, "components": [{"name": "SOC"}], "labels": ["live-response"],
                          "customfield_10010": {"value": "${body[where]}"}, "summary": "${body[what]}", "description": "${body[text]}"}}
                        """));

        assertThat(deliver().getException()).isNull();
        assertThat(simulator.jira().tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.body().at("/fields/issuetype/name").asText()).isEqualTo("Bug");
            assertThat(ticket.body().at("/fields/components/0/name").asText()).isEqualTo("SOC");
            assertThat(ticket.body().at("/fields/customfield_10010/value").asText()).isEqualTo("ws-1.contoso.com");
            assertThat(ticket.body().at("/fields/summary").asText()).isEqualTo("check.ps1");
            assertThat(ticket.body().at("/fields/labels")).hasSize(2);
        });
    }

    @Test
    void a_template_that_is_not_json_is_named_with_line_and_column_and_nothing_is_sent() throws Exception {
        setUp(TicketSystem.Kind.SERVICENOW);

        startIn(withTemplate("servicenow", "{\n  \"short_description\": ${body[what]}\n}\n"));

        assertThat(failure(deliver())).hasMessageContainingAll("ticket-servicenow.json", "line 2");
        assertThat(delivered).containsExactly("notSent");
        assertThat(simulator.serviceNow().tickets()).isEmpty();
    }

    /** The shipped routes with another template in place of the one on the class path. */
    private Path withTemplate(String kind, String text) throws Exception {
        Path template = Files.writeString(directory.resolve("ticket-" + kind + ".json"), text);
        Path routes = BundleRoutes.copyTo(directory.resolve("routes"));
        Path route = BundleRoutes.fileIn(routes, "open-ticket");
        String edited = Files.readString(route).replace("classpath:live-response/ticket-{{live-response.deliver.ticket.kind}}.json",
                "file:" + template);
        assertThat(edited).contains(template.toString());
        Files.writeString(route, edited);
        return routes;
    }

    @Test
    void an_answer_that_never_ends_is_given_up_after_the_response_timeout() throws Exception {
        useRealTime();
        setUp(TicketSystem.Kind.SERVICENOW);
        set("live-response.http.response-timeout", "1000");
        start();
        simulator.faults().on(EndpointKind.TICKET_LOOKUP).always(Fault.drip(Duration.ofMillis(200)));

        assertThat(failure(deliver()).getCode()).isEqualTo(FailureCode.DELIVERY_UNAVAILABLE);
        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isOne();
        assertThat(simulator.serviceNow().tickets()).isEmpty();
    }

    @Test
    void an_answer_that_is_too_large_is_refused() throws Exception {
        setUp(TicketSystem.Kind.SERVICENOW);
        start();
        simulator.faults().on(EndpointKind.TICKET_LOOKUP)
                .always(Fault.answer(200, Map.of(), " ".repeat(4 * 1024 * 1024) + "{\"result\":[]}"));

        assertThat(failure(deliver())).hasMessageContaining("more than 4 MB");
        assertThat(simulator.serviceNow().tickets()).isEmpty();
    }

    @Test
    void a_token_answer_that_never_ends_or_is_too_large_holds_no_worker() throws Exception {
        useRealTime();
        setUp(TicketSystem.Kind.SERVICENOW);
        set("live-response.deliver.ticket.client-id",
                simulator.settings(TicketSystem.Kind.SERVICENOW).get("live-response.deliver.ticket.user"));
        set("live-response.deliver.ticket.client-secret",
                simulator.settings(TicketSystem.Kind.SERVICENOW).get("live-response.deliver.ticket.password"));
        set("live-response.http.response-timeout", "10000");
        start();

        simulator.faults().on(EndpointKind.TICKET_TOKEN)
                .once(Fault.answer(200, Map.of(), " ".repeat(100_000) + "{\"access_token\":\"x\"}"));
        assertThat(failure(deliver())).hasMessageContaining("/oauth_token.do");
        simulator.faults().on(EndpointKind.TICKET_TOKEN).once(Fault.drip(Duration.ofSeconds(1)));
        assertThat(failure(deliver())).hasMessageContaining("/oauth_token.do");

        assertThat(simulator.journal().count(EndpointKind.TICKET_LOOKUP)).isZero();
        assertThat(simulator.journal().count(EndpointKind.TICKET_TOKEN)).isEqualTo(2);
        assertThat(deliver().getException()).isNull();
    }
}
