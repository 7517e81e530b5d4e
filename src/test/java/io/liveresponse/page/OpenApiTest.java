package io.liveresponse.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /api} answers is what the OpenAPI file says, and nothing beside. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"/api/overview,/api/overview,200", "/api/requests,/api/requests,200", "/api/requests?state=nonsense,/api/requests,400",
            "/api/requests/contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/0,/api/requests/{tenant}/{action}/{index},200",
            "/api/requests/contoso/5382f7ea-7557-4ab7-9782-d50480024a4e/7,/api/requests/{tenant}/{action}/{index},404",
            "/api/runs,/api/runs,200",
            "/api/runs/r-20261121-1,/api/runs/{id},200", "/api/runs/none,/api/runs/{id},404", "/api/flow,/api/flow,200"})
    void eachAnswerHasTheDocumentedForm(String path, String template, int status) throws Exception {
        try (PageServer server = new PageServer(null, Clock.systemUTC())) {
            HttpClient client = HttpClient.newHttpClient();
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(server.url(path))).build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode api = JSON.readTree(client.send(HttpRequest.newBuilder(URI.create(server.url("/openapi.json"))).build(),
                    HttpResponse.BodyHandlers.ofString()).body());

            assertThat(answer.statusCode()).isEqualTo(status);
            JsonNode response = api.path("paths").path(template).path("get").path("responses").path(Integer.toString(status));
            if (response.has("$ref")) {
                response = api.at(response.path("$ref").asText().substring(1));
            }
            ObjectNode schema = response.at("/content/application~1json/schema").deepCopy();
            assertThat(schema.isMissingNode()).isFalse();
            schema.set("components", api.path("components"));
            assertThat(
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema).validate(JSON.readTree(answer.body())))
                    .isEmpty();
        }
    }
}
