package io.liveresponse.validate;

import io.liveresponse.camel.LiveResponsePlugin;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.SimpleRegistry;

/** The names that the bundle binds, learned by having it bind them; no bean is made. */
final class BoundBeans {

    private BoundBeans() {
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        SimpleCamelContext context = new SimpleCamelContext(false);
        context.getCamelContextExtension().setRegistry(new SimpleRegistry() {
            @Override
            public void bind(String id, Class<?> type, Supplier<Object> bean) {
                names.add(id);
            }

            @Override
            public void bind(String id, Class<?> type, Object bean) {
                names.add(id);
            }
        });
        new LiveResponsePlugin().load(context);
        return names;
    }
}
