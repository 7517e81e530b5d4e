package io.liveresponse.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.apache.camel.support.task.BlockingTask;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads edits of route files while the service runs, all files together. Camel's own reload first removes the routes and then
 * reads the files; here a broken edit changes nothing, and where sound files do not start those before them come back.
 * Thread-safe.
 */
public final class LiveReload {

    /** As long must the files stay as they are, so that none is read while an editor writes it. */
    private static final Duration SETTLED = Duration.ofMillis(400);
    private static final Logger LOG = LoggerFactory.getLogger(LiveReload.class);

    private final Path directory;
    private final EditCheck check;
    private RouteFolder running;
    private RouteFolder seen;
    private RunningRoutes routes;
    /** Mistakes of the routes that run, which run all the same; wherever in their files they stand. */
    private Set<String> borne = Set.of();

    private LiveReload(RouteFolder running, EditCheck check) {
        this.directory = running.directory();
        this.running = running;
        this.seen = running;
        this.check = check;
    }

    /**
     * To be called before the routes of the directory are loaded.
     *
     * @param settings the settings file of the service
     * @throws IOException if the directory cannot be read
     */
    public static LiveReload of(Path directory, Path settings) throws IOException {
        return new LiveReload(RouteFolder.read(directory), new EditCheck(settings));
    }

    /**
     * Watches until the context stops.
     *
     * @param context runs the routes of the directory
     * @throws Exception if the directory cannot be watched
     */
    public void watch(CamelContext context) throws Exception {
        routes = new RunningRoutes(context);
        // so that a route that does not start is told with its line
        context.setSourceLocationEnabled(true);
        List<Finding> mistakes = check.mistakes(running);
        borne = anywhere(mistakes);
        if (!mistakes.isEmpty()) {
            LOG.warn("The routes run with mistakes: {}", lines(mistakes));
        }
        FileWatcherResourceReloadStrategy watcher = new FileWatcherResourceReloadStrategy(directory.toString());
        watcher.setRecursive(true);
        watcher.setFileFilter(file -> RouteFolder.isRouteFileName(file.getName()));
        watcher.setResourceReload((name, resource) -> look(context));
        context.addService(watcher);
        // what was edited since the files were read
        look(context);
    }

    /** Events come several to an edit; those after the first find nothing new. */
    private synchronized void look(CamelContext context) {
        try {
            Optional<RouteFolder> settled = settled(context);
            if (settled.isPresent() && !settled.get().equals(seen)) {
                seen = settled.get();
                judge(seen);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty if the context stops meanwhile. */
    private Optional<RouteFolder> settled(CamelContext context) {
        RouteFolder[] last = {null};
        BlockingTask task = Tasks.foregroundTask().withName("live-response-edit")
                .withBudget(Budgets.iterationTimeBudget().withInterval(SETTLED).withUnlimitedDuration().build()).build();
        boolean settled = task.run(context, () -> {
            RouteFolder before = last[0];
            last[0] = read();
            return last[0] != null && last[0].equals(before);
        });
        return settled ? Optional.of(last[0]) : Optional.empty();
    }

    /** Null while files come and go. */
    private RouteFolder read() {
        try {
            return RouteFolder.read(directory);
        } catch (IOException e) {
            LOG.debug("{} cannot be read just now", directory, e);
            return null;
        }
    }

    private void judge(RouteFolder edited) throws InterruptedException {
        if (edited.equals(running)) {
            LOG.info("The files in {} are those of the running routes again", directory);
            return;
        }
        List<Finding> mistakes = check.mistakes(edited);
        List<Finding> made = mistakes.stream().filter(mistake -> !borne.contains(anywhere(mistake))).toList();
        List<String> unread = new ArrayList<>();
        Map<String, RouteFile> files = made.isEmpty() ? EditCheck.parse(edited, unread) : Map.of();
        if (made.isEmpty() && unread.isEmpty()) {
            takeUp(edited, files, anywhere(mistakes));
        } else {
            LOG.warn("Edit rejected, the routes run unchanged: {}", made.isEmpty() ? String.join("\n", unread) : lines(made));
        }
    }

    private static Set<String> anywhere(List<Finding> mistakes) {
        return mistakes.stream().map(LiveReload::anywhere).collect(Collectors.toSet());
    }

    /** An edit above a mistake moves it to another line. */
    private static String anywhere(Finding mistake) {
        return mistake.file() + ": " + mistake.code() + " " + mistake.message();
    }

    private static String lines(List<Finding> mistakes) {
        return mistakes.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    private void takeUp(RouteFolder edited, Map<String, RouteFile> files, Set<String> mistakes) throws InterruptedException {
        Map<String, RouteFile> before = EditCheck.parse(running, new ArrayList<>());
        try {
            routes.quieten();
            routes.replace(List.copyOf(files.values()));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            restore(before);
            LOG.warn("Edit rejected, the previous routes run again: {}", EditCheck.notStarted(edited, files, e));
            return;
        }
        LOG.info("Edited routes run: {}", difference(edited, files));
        running = edited;
        borne = mistakes;
    }

    private void restore(Map<String, RouteFile> before) {
        try {
            routes.replace(List.copyOf(before.values()));
        } catch (Exception e) {
            LOG.error("The routes before the edit do not start again either; fix the files, or restart the service: {}",
                    EditCheck.notStarted(running, before, e));
        }
    }

    /** Each file that is new, gone or other than before, with its routes. */
    private String difference(RouteFolder edited, Map<String, RouteFile> files) {
        TreeSet<String> names = new TreeSet<>(edited.files().keySet());
        names.addAll(running.files().keySet());
        List<String> said = names.stream().flatMap(name -> {
            if (!edited.files().containsKey(name)) {
                return Stream.of("removed " + edited.shown(name));
            }
            String routesOfIt = edited.shown(name) + " (" + String.join(", ", files.get(name).ids()) + ")";
            if (!running.files().containsKey(name)) {
                return Stream.of("added " + routesOfIt);
            }
            return edited.holdsTheSame(name, running) ? Stream.empty() : Stream.of("changed " + routesOfIt);
        }).toList();
        return String.join("; ", said);
    }
}
