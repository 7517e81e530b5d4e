package io.liveresponse.settings;

import static io.liveresponse.settings.Setting.Type.BYTES;
import static io.liveresponse.settings.Setting.Type.FLAG;
import static io.liveresponse.settings.Setting.Type.HOST;
import static io.liveresponse.settings.Setting.Type.INTEGER;
import static io.liveresponse.settings.Setting.Type.NAME;
import static io.liveresponse.settings.Setting.Type.PATH;
import static io.liveresponse.settings.Setting.Type.PORT;
import static io.liveresponse.settings.Setting.Type.TEXT;
import static io.liveresponse.settings.Setting.Type.URL;

import java.util.List;

/** The settings of rows and of the sinks that take them, in the order in which the reference shows them. */
final class RowSettings {

    static final List<Setting> ALL = List.of(
            Setting.of("live-response.rows.rules", PATH, "config/row-rules", "The folder of the row rules; without it there are no rows."),
            Setting.of("live-response.rows.directory", PATH, "{{live-response.data-directory}}/rows", "Where the tables are."),
            Setting.of("live-response.rows.max-file-bytes", BYTES, "64MB",
                    "A table's file of this size takes no further result; the next one begins another file."),
            Setting.of("live-response.rows.batch-rows", INTEGER, "500", "Rows in one call to a row sink, at most."),
            Setting.of("live-response.rows.batch-bytes", BYTES, "900KB",
                    "Bytes of JSON in one call to a row sink, at most; Microsoft Sentinel takes 1 MB."),
            Setting.of("live-response.rows.batch-period", INTEGER, "5000",
                    "How often each row sink is offered what it does not have, in milliseconds; also the wait after a failure."),
            Setting.of("live-response.rows.splunk.enabled", FLAG, "false", "Whether rows go to Splunk's HTTP Event Collector."),
            Setting.of("live-response.rows.splunk.url", URL, null, "The collector, such as https://splunk:8088; the path is added."),
            Setting.secret("live-response.rows.splunk.token", "The collector's token; indexer acknowledgement is on for it."),
            Setting.of("live-response.rows.splunk.index", TEXT, null, "The index; default the token's own."),
            Setting.of("live-response.rows.splunk.source-type", TEXT, "live-response:row", "The source type of every event."),
            Setting.of("live-response.rows.splunk.ack-period", INTEGER, "1000",
                    "The time between two polls for the acknowledgement, in milliseconds."),
            Setting.of("live-response.rows.splunk.ack-attempts", INTEGER, "60",
                    "Polls for the acknowledgement before the batch is sent again."),
            Setting.of("live-response.rows.sentinel.enabled", FLAG, "false",
                    "Whether rows go to Microsoft Sentinel by the Logs Ingestion API."),
            Setting.of("live-response.rows.sentinel.url", URL, null,
                    "The data collection endpoint, or the rule's own, such as https://name.westeurope-1.ingest.monitor.azure.com."),
            Setting.of("live-response.rows.sentinel.rule", TEXT, null, "The immutable id of the data collection rule, dcr- and 32 digits."),
            Setting.of("live-response.rows.sentinel.stream", TEXT, "Custom-LiveResponseRows", "The stream that the rule declares."),
            Setting.of("live-response.rows.sentinel.tenant", NAME, null,
                    "The tenant of live-response.tenants whose credential signs in; it needs the role Monitoring Metrics Publisher on the rule."),
            Setting.of("live-response.rows.sentinel.scope", TEXT, "https://monitor.azure.com/.default",
                    "The scope of its token; https://monitor.azure.us/.default for US Government."),
            Setting.of("live-response.rows.elastic.enabled", FLAG, "false", "Whether rows go to Elasticsearch or OpenSearch."),
            Setting.of("live-response.rows.elastic.url", URL, null, "The cluster, such as https://elastic:9200; the path is added."),
            Setting.of("live-response.rows.elastic.index", TEXT, "live-response-rows", "The index or its alias; no data stream."),
            Setting.secret("live-response.rows.elastic.authorization",
                    "The value of the header Authorization, such as ApiKey and the encoded key."),
            Setting.of("live-response.rows.kafka.enabled", FLAG, "false", "Whether rows go to Kafka."),
            Setting.of("live-response.rows.kafka.brokers", TEXT, null, "The brokers, host:port, parted by commas."),
            Setting.of("live-response.rows.kafka.topic", TEXT, "live-response.rows", "The topic."),
            Setting.of("live-response.rows.syslog.enabled", FLAG, "false", "Whether rows go to a syslog collector."),
            Setting.of("live-response.rows.syslog.host", HOST, null, "The collector."),
            Setting.of("live-response.rows.syslog.port", PORT, "601", "The collector's TCP port."),
            Setting.of("live-response.rows.azure-blob.enabled", FLAG, "false", "Whether the sink azure-blob is there for evidence files."),
            Setting.of("live-response.rows.azure-blob.account", NAME, null, "The storage account."),
            Setting.of("live-response.rows.azure-blob.container", NAME, "live-response", "The container; it exists."),
            Setting.of("live-response.rows.s3.enabled", FLAG, "false", "Whether the sink s3 is there for evidence files."),
            Setting.of("live-response.rows.s3.bucket", TEXT, null, "The bucket; it exists."),
            Setting.of("live-response.rows.s3.region", TEXT, "eu-central-1", "The bucket's region."));

    private RowSettings() {
    }
}
