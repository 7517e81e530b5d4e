package io.liveresponse.cli;

import io.liveresponse.ledger.LedgerDatabase;
import io.liveresponse.model.Plural;
import io.liveresponse.runs.DeviceRows;
import io.liveresponse.runs.RunEstimate;
import io.liveresponse.runs.RunOrder;
import io.liveresponse.runs.RunPlan;
import io.liveresponse.runs.RunPreparation;
import io.liveresponse.runs.RunSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a run: tells what it costs, records it, and leaves it to the service. */
@Command(name = "start", description = "Runs a library script on many devices. The service starts, follows and ends it; see runs watch.",
        mixinStandardHelpOptions = true)
final class RunsStartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Mixin
    private RoutesOption routes;

    @Option(names = "--script", paramLabel = "NAME", required = true, description = "A script of the live response library.")
    private String script;

    @Option(names = "--args", paramLabel = "TEXT", description = "The script's arguments, one text.")
    private String args;

    @Option(names = "--args-as-is", description = "Allow ; & | < > ` $( in the arguments.")
    private boolean argsAsIs;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Where where;

    @Option(names = "--tenant", paramLabel = "NAME", description = "The tenant; may be left out if the settings name one.")
    private String tenant;

    @Option(names = "--deadline", paramLabel = "TIME",
            description = "A time (2026-03-01T18:00:00Z) or how long (4h); devices that wait then end. Default live-response.run.deadline.")
    private String deadline;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Shown in each live response and in the table.")
    private String comment;

    @Option(names = "--id", paramLabel = "TEXT",
            description = "What makes it the same run: given again, nothing starts. Default: each command is a run of its own.")
    private String id;

    @Option(names = "--yes", description = "Start more devices than live-response.run.confirm-above.")
    private boolean yes;

    @Option(names = "--json", description = "One JSON object: run, fresh, devices, rejected, estimate.")
    private boolean json;

    static final class Where {

        @Option(names = "--devices", paramLabel = "FILE",
                description = "A CSV file with the column machineId (40 hex digits) or device (DNS name).")
        private Path devices;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Filter filter;
    }

    static final class Filter {

        @Option(names = "--tag", paramLabel = "TAG", description = "All devices with this tag.")
        private String tag;

        @Option(names = "--os", paramLabel = "PLATFORM", description = "All devices with this osPlatform, such as Windows11.")
        private String os;
    }

    @Override
    public Integer call() throws Exception {
        if (!config.isUsable()) {
            return CommandLine.ExitCode.USAGE;
        }
        RunPlan plan;
        RunSettings settings;
        Map<String, Object> order = order();
        try (LookUpRoutes lookUp = new LookUpRoutes(config.file(), routes.pattern())) {
            plan = lookUp.template().requestBody("direct:live-response-prepare-run", order, RunPlan.class);
        }
        try (OfflineContext context = OfflineContext.of(config.file()); LedgerDatabase database = context.attach()) {
            settings = RunSettings.of(context.settings());
            PrintWriter out = spec.commandLine().getOut();
            if (!json) {
                print(out, plan, settings);
            }
            if (plan.devices() > settings.confirmAbove() && !yes) {
                out.flush();
                spec.commandLine().getErr().println("Nothing is started. The run has more than " + settings.confirmAbove()
                        + " devices (live-response.run.confirm-above); add --yes to start it");
                return CommandLine.ExitCode.USAGE;
            }
            RunPreparation.Started started = RunPreparation.start(plan, context.ledger(database).runs());
            if (json) {
                JsonLines.print(out, started);
            } else {
                out.println(started.fresh()
                        ? "Run " + started.run() + " is recorded; the service starts it. Watch it with: runs watch " + started.run()
                        : "Run " + started.run() + " is known already, so nothing is started; for another run give another --id");
            }
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    private Map<String, Object> order() throws Exception {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("id", id == null ? UUID.randomUUID().toString() : id);
        order.put("script", script);
        put(order, "args", args);
        put(order, "tenant", tenant);
        put(order, "deadline", deadline);
        put(order, "comment", comment);
        if (argsAsIs) {
            order.put("argsAsIs", true);
        }
        if (where.devices == null) {
            put(order, "tag", where.filter.tag);
            put(order, "os", where.filter.os);
            return order;
        }
        if (!Files.isReadable(where.devices) || Files.isDirectory(where.devices)) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "the device list " + where.devices + " does not exist or cannot be read");
        }
        List<Map<String, Object>> devices = new ArrayList<>();
        for (RunOrder.Row row : DeviceRows.csv(where.devices)) {
            boolean id = row.machineId() != null || DeviceRows.BAD_ID.equals(row.problem());
            devices.add(Map.of("line", row.line(), id ? "machineId" : "device", row.machineId() != null ? row.machineId() : row.name()));
        }
        order.put("devices", devices);
        return order;
    }

    private static void put(Map<String, Object> order, String key, String value) {
        if (value != null) {
            order.put(key, value);
        }
    }

    private static void print(PrintWriter out, RunPlan plan, RunSettings settings) {
        RunEstimate estimate = plan.estimate();
        plan.rejected().forEach(row -> out.println(TerminalText.text(row)));
        if (plan.warning() != null) {
            out.println("Note: " + plan.warning());
        }
        out.println(
                Plural.of(plan.devices(), "device") + " of tenant " + plan.run().tenant() + ", deadline "
                        + TerminalText.second(plan.run().deadline()) + " UTC");
        out.println(
                "  " + Plural.of(estimate.starts(), "start call") + ", " + settings.perMinute() + " in " + shown(settings.minutePeriod())
                        + ": " + last(estimate.startTime()));
        out.println("  " + Plural.of(estimate.atOnce(), "session") + " at once: enough while one takes less than "
                + shown(estimate.sessionTime())
                + " on average");
        out.println(
                "  " + Plural.of(estimate.resultCalls(), "result call") + ", " + settings.perHour() + " in " + shown(settings.hourPeriod())
                        + ": " + last(estimate.resultTime()));
        out.println(
                (estimate.earliestEnd().isZero()
                        ? "  done as soon as the scripts have ended"
                        : "  done after " + shown(estimate.earliestEnd()) + ", at "
                                + TerminalText.second(Instant.now().plus(estimate.earliestEnd())) + " UTC, at the earliest")
                        + "; devices that are away may take until the deadline");
    }

    private static String last(Duration time) {
        return time.isZero() ? "all at once" : "the last one after " + shown(time);
    }

    /** Such as {@code 1 h 5 min}. */
    static String shown(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
