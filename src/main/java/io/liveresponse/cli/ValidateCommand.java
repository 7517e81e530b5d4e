package io.liveresponse.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liveresponse.validate.Code;
import io.liveresponse.validate.Finding;
import io.liveresponse.validate.RouteFiles;
import io.liveresponse.validate.RouteSource;
import io.liveresponse.validate.RouteValidator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads routes and settings and says what is wrong with them. */
@Command(name = "validate", mixinStandardHelpOptions = true,
        description = "Finds mistakes in routes, settings and row rules, offline and without secrets.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no error; there may be warnings", "1:at least one error", "2:wrong options, or a file that cannot be read"})
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Option(names = "--json", description = "Print a JSON array of file, line, code, level and message.")
    private boolean json;

    @Option(names = "--codes", description = "Print what each code for routes means, and look at nothing.")
    private boolean codes;

    @Spec
    private CommandSpec spec;

    /** 0 without errors, 1 with some. */
    @Override
    public Integer call() throws IOException {
        if (codes) {
            Stream.of(Code.values()).forEach(code -> spec.commandLine().getOut().println(code + " " + code.meaning()));
            return 0;
        }
        List<Finding> findings = RowRuleFolder
                .mistakes(new RouteValidator().validate(sources(), config.fileIfAny()), config.fileIfAny());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(findings.stream().map(ValidateCommand::fields).toList()));
        } else {
            findings.forEach(out::println);
        }
        out.flush();
        return findings.stream().anyMatch(Finding::error) ? 1 : 0;
    }

    private List<RouteSource> sources() throws IOException {
        Optional<Path> directory = routes.directory();
        List<RouteSource> sources = directory.isPresent() ? RouteFiles.in(directory.get()) : RouteFiles.inJar();
        if (sources.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--routes " + directory.orElseThrow() + " holds no .yaml file");
        }
        return sources;
    }

    private static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", finding.file());
        fields.put("line", finding.line());
        fields.put("code", finding.code());
        fields.put("level", finding.error() ? "error" : "warning");
        fields.put("message", finding.message());
        return fields;
    }
}
