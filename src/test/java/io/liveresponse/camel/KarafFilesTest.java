package io.liveresponse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** As far as it can be tested without a Karaf. */
class KarafFilesTest {

    private static final Path FEATURES = Path.of("src/main/karaf/features.xml");
    private static final Pattern MAVEN_URL = Pattern.compile("mvn:([^/]+)/([^/]+)/([^/$<]+)[$<]");

    @Test
    void theFeaturesKeepToKarafsSchema() throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(getClass().getResource("/org/apache/karaf/features/karaf-features-1.6.0.xsd"))
                .newValidator().validate(new StreamSource(FEATURES.toFile()));
    }

    @Test
    void eachBundleIsOfTheVersionThatTheBuildUses() throws Exception {
        String classPath = System.getProperty("java.class.path");
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(MAVEN_URL.matcher(Files.readString(FEATURES)).results().map(MatchResult::group)).hasSizeGreaterThan(10)
                .allSatisfy(url -> {
                    String[] parts = url.substring("mvn:".length(), url.length() - 1).split("/");
                    String jar = parts[1] + "-" + parts[2] + ".jar";
                    boolean own = parts[0].equals("io.liveresponse") && pom.contains("<version>" + parts[2] + "</version>");
                    assertThat(own || classPath.contains(jar)).as(url).isTrue();
                });
    }

    @Test
    void theBlueprintNamesAClassThatAddsTheRoutes() throws Exception {
        assertThat(Files.readString(Path.of("src/main/karaf/live-response.xml")))
                .contains("class=\"" + BundledRoutes.class.getName() + "\"");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new BundledRoutes());
            context.start();

            assertThat(context.getRoutes()).extracting(Route::getId).contains("fetch-result", "route-result", "deliver-file");
        }
    }
}
