package io.liveresponse.cli;

import io.liveresponse.model.Outcome;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an outcome's label. */
final class OutcomeConverter implements ITypeConverter<Outcome> {

    @Override
    public Outcome convert(String value) {
        return Stream.of(Outcome.values()).filter(outcome -> outcome.label().equalsIgnoreCase(value.strip())).findFirst()
                .orElseThrow(() -> new TypeConversionException("give one of "
                        + Arrays.stream(Outcome.values()).map(Outcome::label).collect(Collectors.joining(", "))));
    }
}
