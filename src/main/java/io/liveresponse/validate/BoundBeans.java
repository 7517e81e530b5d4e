package io.liveresponse.validate;

import io.liveresponse.camel.LiveResponsePlugin;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.SimpleRegistry;

/** The beans that the bundle binds, found by letting it bind them to a registry that creates none. */
final class BoundBeans {

    private BoundBeans() {
    }

    /** The declared type of each bean, by name. */
    static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new TreeMap<>();
        SimpleCamelContext context = new SimpleCamelContext(false);
        context.getCamelContextExtension().setRegistry(new SimpleRegistry() {
            @Override
            public void bind(String id, Class<?> type, Supplier<Object> bean) {
                types.put(id, type);
            }

            @Override
            public void bind(String id, Class<?> type, Object bean) {
                types.put(id, type);
            }
        });
        new LiveResponsePlugin().load(context);
        return types;
    }
}
