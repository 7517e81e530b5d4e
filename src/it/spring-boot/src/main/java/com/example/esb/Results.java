package com.example.esb;

import io.liveresponse.model.Result;
import java.util.Map;
import org.apache.camel.FluentProducerTemplate;
import org.springframework.stereotype.Component;

// tag::fetch[]
@Component
public class Results {

    private final FluentProducerTemplate camel;

    Results(FluentProducerTemplate camel) {
        this.camel = camel;
    }

    public Result fetch(String tenant, String machineActionId, int commandIndex) {
        return camel.to("direct:live-response-fetch-result")
                .withBody(Map.of("tenant", tenant, "machineActionId", machineActionId, "commandIndex", commandIndex))
                .request(Result.class);
    }
}
// end::fetch[]
