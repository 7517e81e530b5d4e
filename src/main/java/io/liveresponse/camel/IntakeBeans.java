package io.liveresponse.camel;

import io.liveresponse.intake.ApiKey;
import io.liveresponse.intake.HttpRequests;
import io.liveresponse.intake.JmsRequests;
import io.liveresponse.intake.RequestReader;
import io.liveresponse.worker.Retention;

/** The beans of the intakes. */
final class IntakeBeans {

    private IntakeBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseRetention", Retention.class, () -> beans.ledger().retention());
        beans.bind("liveResponseRequests", RequestReader.class, () -> new RequestReader(() -> beans.settings().tenants(),
                beans.settings().integer("live-response.intake.max-entry-size")));
        beans.bind("liveResponseApiKey", ApiKey.class, () -> ApiKey.of(beans.settings(), beans.redactor()::hide, System.out::println));
        beans.bind("liveResponseHttpRequests", HttpRequests.class,
                () -> new HttpRequests(beans.get("liveResponseRequests", RequestReader.class),
                        beans.ledger().requests(), beans.settings().integer("live-response.intake.http.max-bytes")));
        // JMS types are not named here: a host without this intake need not have them on its class path.
        beans.bind("liveResponseJmsRequests", Object.class, () -> new JmsRequests(beans.get("liveResponseRequests", RequestReader.class)));
        beans.bind("liveResponseIntakeJms", Object.class, () -> beans.settings().find("live-response.intake.jms.url").isPresent()
                ? JmsConnections.of("live-response.intake.jms.", beans.settings(), beans.tls())
                : beans.get("liveResponseJmsConnectionFactory", Object.class));
    }
}
