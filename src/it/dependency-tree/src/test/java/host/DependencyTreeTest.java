package host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host gets by naming the bundle as its one dependency. */
class DependencyTreeTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "io.liveresponse.cli.Main", "io.liveresponse.validate.RouteValidator", "io.liveresponse.simulator.Simulator",
        "picocli.CommandLine", "io.vertx.core.Vertx", "io.netty.channel.Channel", "com.icegreen.greenmail.util.GreenMail",
        "org.bouncycastle.cert.X509CertificateHolder", "me.tongfei.progressbar.ProgressBar", "com.networknt.schema.JsonSchema",
        "org.apache.camel.main.Main", "org.apache.camel.component.sql.SqlComponent", "org.apache.logging.log4j.core.Logger",
        "com.zaxxer.hikari.HikariDataSource", "org.flywaydb.core.Flyway", "org.postgresql.Driver", "org.h2.Driver", "org.sqlite.JDBC"})
    void neither_the_runtime_nor_the_simulator_nor_their_libraries_come_along(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void jna_and_jna_platform_have_the_same_version() throws Exception {
        assertThat(versionOf("com.sun.jna.Native")).isEqualTo(versionOf("com.sun.jna.platform.win32.Kernel32"));
    }

    /** As the name of its jar has it. */
    private static String versionOf(String name) throws Exception {
        String location = Class.forName(name, false, DependencyTreeTest.class.getClassLoader()).getProtectionDomain().getCodeSource()
                .getLocation().getPath();
        return location.replaceFirst(".*/jna(?:-platform)?-(.*)\\.jar", "$1");
    }

    @Test
    void the_worker_without_its_libraries_is_refused_with_their_names() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().addInitialProperty("live-response.worker.enabled", "true");
        camel.getPropertiesComponent().addInitialProperty("live-response.data-directory", "target/data");

        assertThatThrownBy(() -> camel.getRegistry().lookupByName("liveResponseLedger"))
                .hasStackTraceContaining("live-response.worker.enabled").hasStackTraceContaining("com.zaxxer:HikariCP")
                .hasStackTraceContaining("docs/embedding.md");
    }

    @Test
    void the_routes_and_their_xml_twins_come_along() {
        assertThat(getClass().getResource("/camel/route-result.camel.yaml")).isNotNull();
        assertThat(getClass().getResource("/camel-xml/route-result.camel.xml")).isNotNull();
        assertThat(getClass().getResource("/META-INF/LICENSE")).isNotNull();
    }
}
