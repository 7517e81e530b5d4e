package io.liveresponse.camel;

import io.liveresponse.blob.Spool;
import io.liveresponse.fetch.ResultReader;
import io.liveresponse.secret.ProcessRedactor;
import io.liveresponse.secret.Redactor;
import io.liveresponse.secret.SecretSettings;
import io.liveresponse.settings.Settings;
import io.liveresponse.tls.TlsSettings;
import io.liveresponse.work.Begin;
import io.liveresponse.work.LedgerRuntime;
import io.liveresponse.work.Work;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.jsse.SSLContextParameters;

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
        beans.bind("liveResponseLedger", LedgerRuntime.class, () -> startLedger(beans));
        beans.bind("liveResponseWork", Work.class, () -> beans.ledger().work());
        beans.bind("liveResponseBegin", Processor.class, () -> new Begin(beans.get("liveResponseResults", ResultReader.class)));
    }

    private static Settings readSettings(BeanBinding beans) {
        Settings settings = Settings.of(beans.context());
        SecretSettings.hide(settings, beans.redactor());
        return settings;
    }

    private static LedgerRuntime startLedger(BeanBinding beans) {
        CamelContext context = beans.context();
        LedgerRuntime ledger = new LedgerRuntime(beans.settings(), HealthCheckRegistry.get(context));
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
