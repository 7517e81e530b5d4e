package io.liveresponse.camel;

import io.liveresponse.fetch.token.CachedToken;
import io.liveresponse.fetch.token.TenantTokens;
import io.liveresponse.rows.ElasticRows;
import io.liveresponse.rows.EvidenceName;
import io.liveresponse.rows.KafkaRows;
import io.liveresponse.rows.RowFeed;
import io.liveresponse.rows.RowRules;
import io.liveresponse.rows.RowSinkAnswer;
import io.liveresponse.rows.RowSinkLogin;
import io.liveresponse.rows.RowTables;
import io.liveresponse.rows.RowsDataFormat;
import io.liveresponse.rows.SentinelRows;
import io.liveresponse.rows.SplunkRows;
import io.liveresponse.rows.SyslogRows;
import io.liveresponse.settings.InvalidSettingException;
import io.liveresponse.transcript.TranscriptReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Processor;
import org.apache.camel.spi.DataFormat;

/** What the routes of rows refer to by name. */
final class RowBeans {

    private RowBeans() {
    }

    static void bind(BeanBinding beans) {
        beans.bind("liveResponseRowRules", RowRules.class, () -> rules(beans));
        beans.bind("liveResponseRows", DataFormat.class, () -> new RowsDataFormat(beans.get("liveResponseRowRules", RowRules.class),
                beans.hasLedger() ? beans.ledger().ledger().runs()::scriptSha256 : (tenant, action, script) -> Optional.empty(),
                new TranscriptReader(beans.settings().bytes("live-response.result.max-transcript-bytes")), beans.clock()));
        beans.bind("liveResponseRowTables", RowTables.class, () -> new RowTables(beans.settings().path("live-response.rows.directory"),
                beans.settings().bytes("live-response.rows.max-file-bytes"), beans.clock()));
        beans.bind("liveResponseRowFeed", RowFeed.class, () -> new RowFeed(beans.get("liveResponseRowTables", RowTables.class),
                beans.settings().integer("live-response.rows.batch-rows"), beans.settings().bytes("live-response.rows.batch-bytes")));
        beans.bind("liveResponseRowSinkLogin", Processor.class, () -> new RowSinkLogin(
                beans.settings(), () -> sentinelToken(beans), UUID.randomUUID().toString()));
        beans.bind("liveResponseRowSinkAnswer", Processor.class, () -> new RowSinkAnswer(beans.redactor()));
        beans.bind("liveResponseSplunkRows", SplunkRows.class, () -> new SplunkRows(beans.settings()));
        beans.bind("liveResponseSentinelRows", SentinelRows.class, () -> new SentinelRows(
                (RowSinkLogin) beans.get("liveResponseRowSinkLogin", Processor.class)));
        beans.bind("liveResponseElasticRows", ElasticRows.class, () -> new ElasticRows(
                beans.settings(), beans.get("liveResponseRowFeed", RowFeed.class)));
        beans.bind("liveResponseKafkaRows", KafkaRows.class, KafkaRows::new);
        beans.bind("liveResponseSyslogRows", SyslogRows.class, SyslogRows::new);
        beans.bind("liveResponseEvidenceName", EvidenceName.class, EvidenceName::new);
    }

    private static RowRules rules(BeanBinding beans) {
        try {
            return RowRules.load(beans.settings().path("live-response.rows.rules"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("live-response.rows.rules", "names rules with mistakes — " + e.getMessage());
        }
    }

    private static CachedToken sentinelToken(BeanBinding beans) {
        return beans.get("liveResponseTokens", TenantTokens.class).forScope(beans.settings().text("live-response.rows.sentinel.tenant"),
                beans.settings().text("live-response.rows.sentinel.scope"), "live-response.rows.sentinel.scope");
    }
}
