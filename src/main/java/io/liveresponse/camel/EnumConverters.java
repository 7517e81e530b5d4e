package io.liveresponse.camel;

import io.liveresponse.model.FailureCode;
import io.liveresponse.model.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.spi.TypeConverterLoader;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * The conversions of text that every result or every failure needs. Camel converts to any enum, but first it looks for a converter among
 * all it has, each time: a tenth of what a result costs, a quarter of what a failure costs. Found by Camel in {@code META-INF/services}.
 */
public final class EnumConverters implements TypeConverterLoader {

    @Override
    public void load(TypeConverterRegistry registry) {
        add(registry, HttpMethods.class);
        add(registry, Outcome.class);
        add(registry, FailureCode.class);
    }

    private static <E extends Enum<E>> void add(TypeConverterRegistry registry, Class<E> type) {
        Map<String, E> constants = Stream.of(type.getEnumConstants()).collect(Collectors.toMap(Enum::name, Function.identity()));
        registry.addTypeConverter(type, String.class, new SimpleTypeConverter(false, (target, exchange, text) -> {
            E constant = constants.get(((String) text).toUpperCase(Locale.ROOT).replace('-', '_'));
            if (constant == null) {
                throw new IllegalArgumentException(type.getSimpleName() + " has no constant " + text);
            }
            return constant;
        }));
    }
}
