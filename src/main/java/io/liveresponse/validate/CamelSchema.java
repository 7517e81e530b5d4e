package io.liveresponse.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;

/**
 * Camel's own schema of route files, eased in one point: a placeholder may stand where a number, a truth value or a choice
 * is wanted, since Camel replaces it before it looks. Thread-safe.
 */
final class CamelSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final List<String> PROSE = List.of("title", "description", "default", "deprecated");

    private final JsonNode root;
    private final JsonSchema schema;

    CamelSchema() {
        root = read();
        ease(root);
        // preloading resolves every reference of a large schema, which takes longer than all the rest
        schema = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(root,
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).preloadJsonSchema(false).build());
    }

    private static JsonNode read() {
        try (InputStream in = YamlRoutesBuilderLoader.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ease(JsonNode node) {
        if (node instanceof ObjectNode object) {
            PROSE.stream().filter(name -> object.path(name).isValueNode()).forEach(object::remove);
            String type = object.path("type").asText();
            if (object.has("enum") || Set.of("number", "integer", "boolean").contains(type)) {
                ObjectNode strict = object.deepCopy();
                object.removeAll();
                object.putArray("anyOf").add(strict).addObject().put("type", "string").put("pattern", "\\{\\{.+\\}\\}");
                return;
            }
        }
        node.forEach(CamelSchema::ease);
    }

    Set<ValidationMessage> validate(JsonNode file) {
        return schema.validate(file);
    }

    /** The schema's own text at a JSON pointer; missing if there is none. */
    JsonNode at(String pointer) {
        return root.at(pointer);
    }
}
