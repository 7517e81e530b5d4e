package io.liveresponse.camel;

import io.liveresponse.fetch.ResultReader;
import io.liveresponse.fetch.Spool;
import io.liveresponse.ledger.RunLedger;
import io.liveresponse.runs.BeginRun;
import io.liveresponse.runs.RunTables;
import io.liveresponse.settings.ProcessRedactor;
import io.liveresponse.settings.Redactor;
import io.liveresponse.settings.SecretSettings;
import io.liveresponse.settings.Settings;
import io.liveresponse.settings.TlsSettings;
import io.liveresponse.worker.BeginRequest;
import io.liveresponse.worker.LedgerRuntime;
import io.liveresponse.worker.RequestTrace;
import io.liveresponse.worker.Worker;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.function.Suppliers;

/** What the routes refer to by name. */
final class Beans {

    private Beans() {
    }

    static void bind(CamelContext context) {
        BeanBinding beans = new BeanBinding(context);
        beans.bind("liveResponseClock", Clock.class, Clock::systemUTC);
        beans.bind("liveResponseSettings", Settings.class, () -> readSettings(beans));
        beans.bind("liveResponseRedactor", Redactor.class, ProcessRedactor::get);
        beans.bind("liveResponseTls", SSLContextParameters.class, () -> TlsSettings.parameters(context, beans.settings()));
        FetchBeans.bind(beans);
        IntakeBeans.bind(beans);
        SinkBeans.bind(beans);
        RowBeans.bind(beans);
        RunBeans.bind(beans);
        beans.bind("liveResponseLedger", LedgerRuntime.class, () -> startLedger(beans));
        beans.bind("liveResponseWork", Worker.class, () -> beans.ledger().work());
        beans.bind("liveResponseTrace", Processor.class, RequestTrace::new);
        beans.bind("liveResponseBegin", Processor.class, () -> begin(beans));
    }

    private static Settings readSettings(BeanBinding beans) {
        Settings settings = Settings.of(beans.context());
        SecretSettings.hide(settings, beans.redactor());
        return settings;
    }

    /** A new exchange for each call: the one in progress would take its completions along. */
    private static Runnable wake(CamelContext context) {
        Supplier<ProducerTemplate> producer = Suppliers.memorize(context::createProducerTemplate);
        return () -> producer.get().sendBody("seda:live-response-wake?size=1&discardWhenFull=true&waitForTaskToComplete=Never", null);
    }

    private static Processor begin(BeanBinding beans) {
        RunLedger runs = beans.ledger().ledger().runs();
        return new BeginRun(new BeginRequest(beans.get("liveResponseResults", ResultReader.class),
                beans.settings().integer("live-response.retry.claims")), runs, new RunTables(runs));
    }

    private static LedgerRuntime openLedger(BeanBinding beans) {
        CamelContext context = beans.context();
        try {
            return new LedgerRuntime(beans.settings(), HealthCheckRegistry.get(context),
                    () -> context.isStopping() || context.isStopped(), wake(context));
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException("live-response.worker.enabled=true needs a library that is missing (" + e.getMessage()
                    + "): add com.zaxxer:HikariCP, org.apache.camel:camel-sql, camel-seda, camel-timer and the database's driver;"
                    + " see docs/embedding.md", e);
        }
    }

    private static LedgerRuntime startLedger(BeanBinding beans) {
        CamelContext context = beans.context();
        LedgerRuntime ledger = openLedger(beans);
        try {
            if (ledger.alone()) {
                beans.get("liveResponseSpool", Spool.class).sweepParts();
            }
            context.addService(ledger, true, true);
            ledger.measureIn(context);
            return ledger;
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }
}
