package io.liveresponse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneOffset;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;

class FallbackBeansTest {

    private static final Clock OWN = Clock.system(ZoneOffset.ofHours(3));

    @Test
    void aBeanOfTheHostWinsAlsoWhenItIsBoundAfterTheContextWasMade() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            assertThat(context.getRegistry().lookupByName("liveResponseClock")).isInstanceOf(Clock.class);
            context.start();
            context.getRegistry().bind("liveResponseClock", OWN);

            assertThat(context.getRegistry().lookupByName("liveResponseClock")).isSameAs(OWN);
            assertThat(context.getRegistry().lookupByNameAndType("liveResponseClock", Clock.class)).isSameAs(OWN);
        }
    }

    @Test
    void aSuppliedBeanOfTheHostWins() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("liveResponseClock", Clock.class, () -> OWN);

            assertThat(context.getRegistry().lookupByNameAndType("liveResponseClock", Clock.class)).isSameAs(OWN);
        }
    }

    @Test
    void noBeanIsFoundByItsTypeSinceCamelWouldWireItIntoAComponentOfTheHosts() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            assertThat(context.getRegistry().findByType(Object.class)).isEmpty();
            assertThat(context.getRegistry().findByTypeWithName(SSLContextParameters.class)).isEmpty();
            assertThat(context.getRegistry().findSingleByType(Clock.class)).isNull();
        }
    }

    @Test
    void aBeanIsMadeOnce() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            assertThat(context.getRegistry().lookupByName("liveResponseJson"))
                    .isNotNull().isSameAs(context.getRegistry().lookupByName("liveResponseJson"));
        }
    }

    @Test
    void aRegistryThatReplacesTheFirstHasTheBeansBeforeTheRoutesAreMade() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            DefaultRegistry registry = new DefaultRegistry();
            registry.setCamelContext(context);
            context.getCamelContextExtension().setRegistry(registry);
            context.start();

            assertThat(context.getRegistry().lookupByName("liveResponseClock")).isInstanceOf(Clock.class);
        }
    }

    @Test
    void placeholdersHaveTheirDefaultsInAPropertiesComponentThatReplacesTheFirst() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.setPropertiesComponent(new org.apache.camel.component.properties.PropertiesComponent());
            context.start();

            assertThat(context.resolvePropertyPlaceholders("{{live-response.worker.enabled}}")).isEqualTo("false");
        }
    }
}
