package io.liveresponse.camel;

import io.liveresponse.fetch.PauseGate;
import io.liveresponse.fetch.QuotaGate;
import io.liveresponse.ledger.Ledger;
import io.liveresponse.model.FailureCode;
import io.liveresponse.runs.RunFinisher;
import io.liveresponse.runs.RunFollower;
import io.liveresponse.runs.RunPages;
import io.liveresponse.runs.RunPreparation;
import io.liveresponse.runs.RunQuota;
import io.liveresponse.runs.RunSettings;
import io.liveresponse.runs.RunStarts;
import io.liveresponse.runs.RunTables;
import io.liveresponse.runs.RunWork;

/** What the routes of runs refer to by name. */
final class RunBeans {

    private RunBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseRunQuota", QuotaGate.class, () -> beans.hasLedger()
                ? new RunQuota(ledger(beans).quota(), RunSettings.of(beans.settings()).quotaKeys(), beans.clock())
                : new PauseGate(FailureCode.RUN_QUOTA_EXCEEDED, beans.clock()));
        beans.bind("liveResponseRunPreparation", RunPreparation.class,
                () -> new RunPreparation(beans.settings(), RunSettings.of(beans.settings()), beans.clock()));
        beans.bind("liveResponseRunWork", RunWork.class, () -> new RunWork(ledger(beans).runs()));
        beans.bind("liveResponseRunStarts", RunStarts.class,
                () -> new RunStarts(ledger(beans).runs(), beans.get("liveResponseRunQuota", RunQuota.class),
                        RunSettings.of(beans.settings()), () -> beans.context().isStopping() || beans.context().isStopped(),
                        beans.ledger().clock()));
        beans.bind("liveResponseRunFollower", RunFollower.class, () -> new RunFollower(ledger(beans).runs(), ledger(beans).intake(),
                RunSettings.of(beans.settings()), beans.settings(), beans.ledger().clock()));
        beans.bind("liveResponseRunFinisher", RunFinisher.class, () -> new RunFinisher(ledger(beans), new RunTables(ledger(beans).runs()),
                RunSettings.of(beans.settings())));
        beans.bind("liveResponseRunPages", RunPages.class, () -> new RunPages(beans.settings()));
    }

    private static Ledger ledger(BeanBinding beans) {
        return beans.ledger().ledger();
    }
}
