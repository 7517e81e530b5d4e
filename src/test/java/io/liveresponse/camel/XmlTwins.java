package io.liveresponse.camel;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.app.BeansDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.xml.out.ModelWriter;

/**
 * Writes each route file as XML, for hosts that read nothing else. The build runs it. It dumps what the YAML reader made, before any
 * context takes the routes: by then Camel would have copied the route configuration into each of them, and given the steps other ids.
 */
public final class XmlTwins {

    private static final String YAML = ".camel.yaml";
    private static final String XML = ".camel.xml";
    private static final String PROLOGUE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private static final String NAMESPACE = "http://camel.apache.org/schema/xml-io";

    private XmlTwins() {
    }

    /** @param args the directory to read {@code *.camel.yaml} from, and the one to write to, which is made where it is missing */
    public static void main(String[] args) throws Exception {
        write(Path.of(args[0]), Path.of(args[1]));
    }

    /** The same files give the same bytes. Throws what Camel throws for a file that is no route file. */
    static void write(Path routes, Path target) throws Exception {
        Files.createDirectories(target);
        try (CamelContext context = new DefaultCamelContext()) {
            for (Path file : routeFiles(routes)) {
                String name = file.getFileName().toString();
                Files.writeString(target.resolve(name.substring(0, name.length() - YAML.length()) + XML), twin(context, file));
            }
        }
    }

    private static List<Path> routeFiles(Path routes) throws IOException {
        try (Stream<Path> files = Files.walk(routes)) {
            return files.filter(file -> file.getFileName().toString().endsWith(YAML)).sorted().toList();
        }
    }

    private static String twin(CamelContext context, Path file) throws Exception {
        RouteConfigurationBuilder builder = (RouteConfigurationBuilder) PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(ResourceHelper.resolveResource(context, "file:" + file.toAbsolutePath())).iterator().next();
        builder.setCamelContext(context);
        builder.configuration();
        builder.configure();
        RoutesDefinition routes = builder.getRouteCollection();
        List<RouteTemplateDefinition> templates = builder.getRouteTemplateCollection().getRouteTemplates();
        List<TemplatedRouteDefinition> templated = builder.getTemplatedRouteCollection().getTemplatedRoutes();
        routes.getRoutes().forEach(route -> putCatchesIn(route.getOutputs()));
        templates.forEach(template -> putCatchesIn(template.getRoute().getOutputs()));
        if (templates.isEmpty() && templated.isEmpty()) {
            NamedNode definition = routes.getRoutes().isEmpty() ? builder.getRouteConfigurationCollection() : routes;
            return PROLOGUE + PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, definition, false, false, false).strip()
                    + "\n";
        }
        BeansDefinition all = new BeansDefinition();
        all.setRouteTemplates(templates);
        all.setTemplatedRoutes(templated);
        all.setRoutes(routes.getRoutes());
        StringWriter text = new StringWriter();
        new ModelWriter(text, NAMESPACE).writeBeansDefinition(all);
        return PROLOGUE + text.toString().strip() + "\n";
    }

    /** Camel's dump writes what a doTry holds; its doCatch and doFinally are kept beside that by the YAML reader and would be lost. */
    private static void putCatchesIn(List<ProcessorDefinition<?>> steps) {
        for (TryDefinition attempt : ProcessorDefinitionHelper.filterTypeInOutputs(steps, TryDefinition.class)) {
            List<ProcessorDefinition<?>> missing = new ArrayList<>(attempt.getCatchClauses());
            if (attempt.getFinallyClause() != null) {
                missing.add(attempt.getFinallyClause());
            }
            missing.removeAll(attempt.getOutputs());
            missing.forEach(clause -> attempt.getOutputs().add(clause));
        }
    }
}
