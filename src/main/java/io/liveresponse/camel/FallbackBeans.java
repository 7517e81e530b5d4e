package io.liveresponse.camel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.util.function.Suppliers;

/**
 * Beans that a registry answers with only while its host has none of the same name, whenever the host binds its own: Camel
 * loads this jar in the context's constructor, before a host can bind anything. They are found by name alone, never by type,
 * so that none of them is wired into a component of the host's. Each is made when it is first asked for, once. Thread-safe.
 */
final class FallbackBeans implements BeanRepository {

    private final DefaultRegistry registry;
    private final Map<String, Supplier<?>> beans = new ConcurrentHashMap<>();

    FallbackBeans(DefaultRegistry registry) {
        this.registry = registry;
    }

    <T> void add(String name, Supplier<T> factory) {
        beans.put(name, Suppliers.memorize(factory));
    }

    @Override
    public Object lookupByName(String name) {
        return lookupByNameAndType(name, Object.class);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        Supplier<?> bean = beans.get(name);
        if (bean == null || isTheHosts(name)) {
            return null;
        }
        Object value = bean.get();
        return type.isInstance(value) ? type.cast(value) : null;
    }

    private boolean isTheHosts(String name) {
        List<BeanRepository> repositories = registry.getRepositories();
        return registry.getSupplierRegistry().lookupByName(name) != null
                || registry.getFallbackRegistry().lookupByName(name) != null
                || repositories.stream().anyMatch(other -> other != this && other.lookupByName(name) != null);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return Map.of();
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.of();
    }
}
