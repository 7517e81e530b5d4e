package io.liveresponse.validate;

import io.liveresponse.settings.Redactor;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the checks find; the same thing at the same line once. Not thread-safe. */
final class Findings {

    private final Redactor redactor = new Redactor();
    private final Set<Finding> found = new LinkedHashSet<>();

    void report(YamlValue at, Code code, String message) {
        report(at.file(), at.line(), code, message);
    }

    /** No check quotes a value that may be a secret; whatever looks like one is taken out here all the same. */
    void report(String file, int line, Code code, String message) {
        found.add(new Finding(file, line, code.name(), code.isError(), redactor.redact(message)));
    }

    void add(Findings others) {
        found.addAll(others.found);
    }

    /** By file, then by line. */
    List<Finding> sorted() {
        return found.stream().sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line)).toList();
    }
}
