package host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void the_routes_and_their_xml_twins_come_along() {
        assertThat(getClass().getResource("/camel/route-result.camel.yaml")).isNotNull();
        assertThat(getClass().getResource("/camel-xml/route-result.camel.xml")).isNotNull();
        assertThat(getClass().getResource("/META-INF/LICENSE")).isNotNull();
    }
}
