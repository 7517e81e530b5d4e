package com.example.esb;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.mock.MockEndpoint;

/** Everything of the application that another jar could disturb, as it is seen from outside. */
record Observation(List<Object> answers, Map<String, Integer> received, Map<String, Object> api, List<Object> context, List<Object> https) {

    static Observation of(CamelContext camel) {
        ProducerTemplate template = camel.createProducerTemplate();
        List<Object> answers = List.of(
                template.requestBodyAndHeader("direct:orders", "7", "kept", "header"),
                template.requestBody("direct:bad-orders", "7"),
                template.requestBody("direct:lost-orders", "7"));
        Exchange api = camel.getEndpoint("mock:api", MockEndpoint.class).getReceivedExchanges().get(0);
        return new Observation(answers, received(camel), new TreeMap<>(api.getMessage().getHeaders()), contextOf(camel),
                httpsOf(camel.getComponent("https", HttpComponent.class)));
    }

    static Map<String, Integer> received(CamelContext camel) {
        Map<String, Integer> received = new TreeMap<>();
        for (String name : List.of("mock:api", "mock:refused", "mock:dead-letters")) {
            received.put(name, camel.getEndpoint(name, MockEndpoint.class).getReceivedCounter());
        }
        return received;
    }

    private static List<Object> contextOf(CamelContext camel) {
        return List.of(Map.copyOf(camel.getGlobalOptions()), camel.isStreamCaching(), camel.isAllowUseOriginalMessage(),
                camel.isUseMDCLogging(), camel.isTracing(),
                camel.getShutdownStrategy().getTimeout(), camel.getCamelContextExtension().getInterceptStrategies(),
                camel.getCamelContextExtension().getErrorHandlerFactory().getClass(),
                camel.getRegistry().findByType(java.time.Clock.class), camel.getRegistry().findByType(org.apache.camel.Processor.class),
                camel.getSSLContextParameters() == null);
    }

    private static List<Object> httpsOf(HttpComponent https) {
        return List.of(https.getConnectTimeout(), https.getResponseTimeout(), https.getConnectionsPerRoute(), https.isFollowRedirects(),
                https.getHttpClientConfigurer() == null, https.getSslContextParameters() == null, https.isAutomaticRetriesDisabled());
    }
}
