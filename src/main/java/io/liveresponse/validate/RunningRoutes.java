package io.liveresponse.validate;

import io.liveresponse.model.Plural;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.task.ForegroundTask;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All routes of a context, replaced at once while nothing is under way in them. A result that met a route which is just being
 * replaced would be dead for no fault of its own. Not for several threads at once.
 */
final class RunningRoutes {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    /** Between queue and route a message is in neither for a moment. */
    private static final int QUIET_LOOKS = 3;
    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(RunningRoutes.class);

    private final CamelContext context;

    RunningRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * Lets nothing new begin, and waits for what is under way, as long as that takes. Throws InterruptedException where the
     * context stops meanwhile.
     */
    void quieten() throws InterruptedException {
        for (Route route : context.getRoutes()) {
            if (!(route.getEndpoint() instanceof DirectEndpoint) && !(route.getEndpoint() instanceof SedaEndpoint)) {
                ServiceHelper.suspendService(route.getConsumer());
            }
        }
        if (!becomesQuiet(WORTH_SAYING)) {
            LOG.info("The reload waits for {} in flight", Plural.of(context.getInflightRepository().size(), "exchange"));
            while (!becomesQuiet(WORTH_SAYING) && !isEnding()) {
                // as long as it takes
            }
        }
        if (isEnding()) {
            throw new InterruptedException();
        }
    }

    private boolean becomesQuiet(Duration patience) {
        int[] quiet = {0};
        ForegroundTask task = Tasks.foregroundTask().withName("live-response-reload")
                .withBudget(Budgets.iterationTimeBudget().withInterval(LOOK_EVERY).withMaxDuration(patience).build()).build();
        return task.run(context, () -> {
            quiet[0] = isQuiet() ? quiet[0] + 1 : 0;
            return quiet[0] == QUIET_LOOKS || isEnding();
        });
    }

    private boolean isEnding() {
        return context.isStopping() || !context.isRunAllowed() || Thread.currentThread().isInterrupted();
    }

    private boolean isQuiet() {
        return context.getInflightRepository().size() == 0
                && context.getEndpoints().stream()
                        .noneMatch(endpoint -> endpoint instanceof SedaEndpoint queue && queue.getCurrentQueueSize() > 0);
    }

    /**
     * What is called comes first, so that nothing begins before all that it calls is there. Throws what Camel throws for a
     * route that it cannot start; then some routes run and some do not.
     */
    void replace(List<RouteFile> files) throws Exception {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        context.getRouteController().removeAllRoutes();
        // of a file that could not be started Camel keeps the definitions
        model.removeRouteDefinitions(List.copyOf(model.getRouteDefinitions()));
        model.getRouteConfigurationDefinitions().clear();
        context.removeRouteTemplates("*");
        PluginHelper.getRoutesLoader(context).loadRoutes(
                files.stream().sorted(Comparator.comparing(RouteFile::isCalled).reversed()).map(RouteFile::resource).toList());
    }
}
