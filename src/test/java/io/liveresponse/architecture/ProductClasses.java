package io.liveresponse.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The compiled classes of the product, without those of the tests. */
final class ProductClasses {

    static final String ROOT = "io.liveresponse";

    private static final JavaClasses ALL = new ClassFileImporter().importPath(Path.of("target/classes"));

    private ProductClasses() {
    }

    static JavaClasses all() {
        return ALL;
    }

    /** Which top-level package uses which others; both sorted by name. */
    static SortedMap<String, SortedSet<String>> arrows() {
        SortedMap<String, SortedSet<String>> arrows = new TreeMap<>();
        for (JavaClass from : ALL) {
            SortedSet<String> used = arrows.computeIfAbsent(topLevelOf(from), name -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(to -> to.getPackageName().startsWith(ROOT + ".")).map(ProductClasses::topLevelOf)
                    .filter(to -> !to.equals(topLevelOf(from))).forEach(used::add);
        }
        return arrows;
    }

    private static String topLevelOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length() + 1).split("\\.")[0];
    }
}
